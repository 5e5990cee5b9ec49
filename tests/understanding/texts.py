"""Briefs as people write them, in four languages, and what they say: worked out by hand."""

from typing import Any

F18_34 = {"18-24": 0.4118, "25-34": 0.5882}
F25_40 = {"25-34": 0.625, "35-44": 0.375}

Case = tuple[str, dict[str, Any]]

ENGLISH: list[Case] = [
    (
        "Skin care creators in Taiwan on Instagram, 10k-100k followers, for women aged 18-34. Budget $5,000.",
        {
            "must": {"countries": ["TW"], "platforms": ["instagram"], "followers": {"min": 10000, "max": 100000}},
            "target_audience": {"age": F18_34, "gender": {"female": 1.0}},
            "budget": {"amount": 5000, "currency": "USD"},
        },
    ),
    (
        "Taiwanese micro-influencers with at least 5,000 followers and no more than 50k; audience mostly female, 25–40",
        {
            "must": {"countries": ["TW"], "tiers": ["micro"], "followers": {"min": 5000, "max": 50000}},
            "target_audience": {"age": F25_40, "gender": {"female": 1.0}},
        },
    ),
    (
        "Looking for nano and micro creators (5k+ followers), 70% female audience in Singapore, no alcohol, no gambling",
        {
            "must": {"tiers": ["nano", "micro"], "followers": {"min": 5000}},
            "target_audience": {"gender": {"female": 0.7, "male": 0.3}, "country": {"SG": 1.0}},
            "must_not": {"brand_safety": ["alcohol", "gambling"]},
        },
    ),
    (
        "We are launching in Vietnam and Thailand. Creators should post in Vietnamese or Thai, ideally on TikTok, with "
        "over 10k but under 200k followers.",
        {
            "must": {"languages": ["vi", "th"]},
            "should": {"platforms": ["tiktok"], "followers": {"min": 10000, "max": 200000}},
            "target_audience": {"country": {"VN": 0.5, "TH": 0.5}},
        },
    ),
    (
        "Campaign for moms in their 30s in Taiwan, Facebook and YouTube preferred",
        {
            "should": {"platforms": ["facebook", "youtube"]},
            "target_audience": {"age": {"25-34": 0.5, "35-44": 0.5}, "gender": {"female": 1.0}, "country": {"TW": 1.0}},
        },
    ),
    (
        "Our sunscreen for men: creators in Australia and New Zealand, up to A$20,000 budget, raise awareness",
        {
            "goal": "awareness",
            "must": {"countries": ["AU", "NZ"]},
            "target_audience": {"gender": {"male": 1.0}},
            "budget": {"amount": 20000, "currency": "AUD"},
        },
    ),
    (
        "YouTube channels with 100,000 or more subscribers; budget: 2 million JPY",
        {
            "must": {"platforms": ["youtube"], "followers": {"min": 100000}},
            "budget": {"amount": 2000000, "currency": "JPY"},
        },
    ),
    (
        "macro influencers, US$2k per post budget, engagement rate above 3%",
        {
            "must": {"tiers": ["macro"], "engagement_rate": {"min": 0.03}},
            "should": {"price": {"max": 2000, "currency": "USD"}},
        },
    ),
    ("micro to macro influencers based in the UK", {"must": {"tiers": ["micro", "mid", "macro"], "countries": ["GB"]}}),
    ("Japanese-speaking YouTubers", {"must": {"platforms": ["youtube"], "languages": ["ja"]}}),
    (
        "We want to drive sales. Total budget between €5k and €8k.",
        {
            "goal": "conversion",
            "budget": {"amount": 8000, "currency": "EUR"},
        },
    ),
    ("Anyone who posts about sunscreen in daylight and says what they do not like", {}),
]
ENGLISH_SILENT: list[Case] = [
    ("We love Thai food and Japanese tea, made in Taiwan", {}),
    ("We sell on our Instagram; find bloggers who travel in Japan", {}),
    ("Female creators aged 25-35", {}),
    ("creators with 50k followers", {}),
    ("Our $30 serum has 12 ingredients and took 10 years", {}),
    ("Micro USB cables and macro photography, 3 mm thread", {}),
]
CHINESE: list[Case] = [
    (
        "尋找台灣的露營YouTuber，粉絲1萬到10萬，預算新台幣5萬元，不要抖音",
        {
            "must": {"countries": ["TW"], "platforms": ["youtube"], "followers": {"min": 10000, "max": 100000}},
            "budget": {"amount": 50000, "currency": "TWD"},
        },
    ),
    (
        "尋找台灣的保養創作者，粉絲數1萬到10萬，受眾為18-34歲女性，預算新台幣30萬元",
        {
            "must": {"countries": ["TW"], "followers": {"min": 10000, "max": 100000}},
            "target_audience": {"age": F18_34, "gender": {"female": 1.0}},
            "budget": {"amount": 300000, "currency": "TWD"},
        },
    ),
    (
        "想找在台灣經營 Instagram 的微網紅，粉絲五千以上，預算 5 萬元",
        {
            "must": {"countries": ["TW"], "platforms": ["instagram"], "tiers": ["micro"], "followers": {"min": 5000}},
            "budget": {"amount": 50000, "currency": "TWD"},
        },
    ),
    (
        "推廣給越南市場 20-35 歲的年輕媽媽，找會說越南語的 KOL，粉絲 5,000 以上、5 萬以下，YouTube 優先，每篇預算 3,000 台幣",
        {
            "must": {"languages": ["vi"], "followers": {"min": 5000, "max": 50000}},
            "should": {"platforms": ["youtube"], "price": {"max": 3000, "currency": "TWD"}},
            "target_audience": {
                "age": {"18-24": 0.3125, "25-34": 0.625, "35-44": 0.0625},
                "gender": {"female": 1.0},
                "country": {"VN": 1.0},
            },
        },
    ),
    (
        "香港女性 25 至 44 歲，YouTube 或 IG，不限性別",
        {
            "must": {"platforms": ["youtube", "instagram"]},
            "target_audience": {"age": {"25-34": 0.5, "35-44": 0.5}, "gender": {"female": 1.0}, "country": {"HK": 1.0}},
        },
    ),
    (
        "預算三十萬台幣，10萬粉絲以下的部落客，用中文發文",
        {
            "must": {"followers": {"max": 100000}, "languages": ["zh"]},
            "budget": {"amount": 300000, "currency": "TWD"},
        },
    ),
    (
        "針對 40 歲以上男性，預算 US$8,000，拒絕賭博和酒類",
        {
            "target_audience": {
                "age": {"35-44": 0.1429, "45-54": 0.2857, "55-64": 0.2857, "65+": 0.2857},
                "gender": {"male": 1.0},
            },
            "budget": {"amount": 8000, "currency": "USD"},
            "must_not": {"brand_safety": ["gambling", "alcohol"]},
        },
    ),
    (
        "非 TikTok 創作者，互動率 3% 以上，在馬來西亞的華語頻道",
        {
            "must": {"engagement_rate": {"min": 0.03}, "countries": ["MY"], "languages": ["zh"]},
        },
    ),
    (
        "不要找大型網紅，只要微型網紅，平台 Instagram、Threads",
        {
            "must": {"tiers": ["micro"], "platforms": ["instagram", "threads"]},
        },
    ),
    (
        "不只 TikTok，也要 Instagram，提升品牌知名度",
        {
            "goal": "awareness",
            "must": {"platforms": ["tiktok", "instagram"]},
        },
    ),
    (
        "追蹤數至少兩萬、最好在小紅書，港幣預算 HK$1.5萬",
        {
            "must": {"followers": {"min": 20000}},
            "should": {"platforms": ["xiaohongshu"]},
            "budget": {"amount": 15000, "currency": "HKD"},
        },
    ),
    ("日本旅遊部落客，預算五萬", {}),
]
VIETNAMESE: list[Case] = [
    (
        "Tìm nhà sáng tạo ở Việt Nam trên TikTok, từ 10 nghìn đến 100 nghìn người theo dõi, khán giả nữ 18-24 tuổi, "
        "ngân sách 50 triệu đồng",
        {
            "must": {"countries": ["VN"], "platforms": ["tiktok"], "followers": {"min": 10000, "max": 100000}},
            "target_audience": {"age": {"18-24": 1.0}, "gender": {"female": 1.0}},
            "budget": {"amount": 50000000, "currency": "VND"},
        },
    ),
    (
        "Cần tìm micro influencer trên 10k follow, ưu tiên Instagram, phụ nữ từ 25 đến 34 tuổi",
        {
            "must": {"tiers": ["micro"], "followers": {"min": 10000}},
            "should": {"platforms": ["instagram"]},
            "target_audience": {"age": {"25-34": 1.0}, "gender": {"female": 1.0}},
        },
    ),
    (
        "Không quá 200.000 người theo dõi, không nhận nội dung rượu bia",
        {
            "must": {"followers": {"max": 200000}},
            "must_not": {"brand_safety": ["alcohol"]},
        },
    ),
    (
        "KOL Việt Nam, không TikTok, ngân sách 1,5 tỷ",
        {
            "must": {"countries": ["VN"]},
            "budget": {"amount": 1500000000, "currency": "VND"},
        },
    ),
    (
        "Nhắm đến nam giới 25-40 tuổi, chi phí chiến dịch tối đa 300tr, loại trừ cá cược",
        {
            "target_audience": {"age": F25_40, "gender": {"male": 1.0}},
            "budget": {"amount": 300000000, "currency": "VND"},
            "must_not": {"brand_safety": ["gambling"]},
        },
    ),
    (
        "Tìm KOC nữ, khán giả là mẹ bỉm ở Việt Nam, kênh YouTube hoặc Facebook, không dưới 20k follower, tỷ lệ tương tác "
        "trên 4%",
        {
            "must": {
                "platforms": ["youtube", "facebook"],
                "followers": {"min": 20000},
                "engagement_rate": {"min": 0.04},
            },
            "target_audience": {"gender": {"female": 1.0}, "country": {"VN": 1.0}},
        },
    ),
    (
        "Chúng tôi ra mắt ở Thái Lan và Việt Nam, đối tượng từ 25 đến 34 tuổi, ngân sách $12.000",
        {
            "target_audience": {"age": {"25-34": 1.0}, "country": {"TH": 0.5, "VN": 0.5}},
            "budget": {"amount": 12000, "currency": "USD"},
        },
    ),
    ("Không dùng TikTok và YouTube, chỉ Instagram", {"must": {"platforms": ["instagram"]}}),
    (
        "Nội dung tiếng Việt, người theo dõi từ 5 nghìn trở lên, tăng doanh số",
        {
            "goal": "conversion",
            "must": {"languages": ["vi"], "followers": {"min": 5000}},
        },
    ),
    ("Du lịch Thái Lan: tìm blogger kể chuyện đi chơi", {}),
]
THAI: list[Case] = [
    (
        "มองหาครีเอเตอร์ในไทยบน TikTok ผู้ติดตาม ๕๐,๐๐๐ คนขึ้นไป กลุ่มเป้าหมายผู้หญิงอายุ 18-34 ปี งบประมาณ 200,000 บาท",
        {
            "must": {"countries": ["TH"], "platforms": ["tiktok"], "followers": {"min": 50000}},
            "target_audience": {"age": F18_34, "gender": {"female": 1.0}},
            "budget": {"amount": 200000, "currency": "THB"},
        },
    ),
    (
        "ไม่เอา TikTok ขอเป็น Instagram ผู้ติดตามไม่เกิน 5 แสน",
        {
            "must": {"platforms": ["instagram"], "followers": {"max": 500000}},
        },
    ),
    (
        "ไมโครอินฟลูเอนเซอร์ พูดภาษาไทย งบ 5 หมื่นบาท",
        {
            "must": {"tiers": ["micro"], "languages": ["th"]},
            "budget": {"amount": 50000, "currency": "THB"},
        },
    ),
    (
        "กลุ่มเป้าหมายคือผู้ชายอายุ 25 ถึง 40 ปีในเวียดนาม งบไม่เกิน 1.5 ล้านบาท ผู้ติดตาม 1 หมื่น - 1 แสน",
        {
            "must": {"followers": {"min": 10000, "max": 100000}},
            "target_audience": {"age": F25_40, "gender": {"male": 1.0}, "country": {"VN": 1.0}},
            "budget": {"amount": 1500000, "currency": "THB"},
        },
    ),
    (
        "ยกเว้น TikTok และ YouTube ต้องการบล็อกเกอร์ไทยใน Facebook",
        {
            "must": {"countries": ["TH"], "platforms": ["facebook"]},
        },
    ),
    (
        "ครีเอเตอร์ผู้หญิง ช่องยูทูบ ผู้ติดตามมากกว่า 100K เอนเกจเมนต์ 5% ขึ้นไป",
        {
            "must": {"platforms": ["youtube"], "followers": {"min": 100000}, "engagement_rate": {"min": 0.05}},
        },
    ),
    (
        "คนไทยวัย 30-45 ปี",
        {
            "target_audience": {"age": {"25-34": 0.3125, "35-44": 0.625, "45-54": 0.0625}, "country": {"TH": 1.0}},
        },
    ),
    (
        "ไม่ใช่แค่ TikTok แต่ Instagram ด้วย เพิ่มยอดขาย งบ ฿80,000",
        {
            "goal": "conversion",
            "must": {"platforms": ["tiktok", "instagram"]},
            "budget": {"amount": 80000, "currency": "THB"},
        },
    ),
    ("หาอินฟลูเอนเซอร์สายท่องเที่ยวญี่ปุ่น ไม่รับแอลกอฮอล์", {"must_not": {"brand_safety": ["alcohol"]}}),
    ("รีวิวจริงใจ บอกข้อไม่ดีด้วย งบประมาณเท่าไหร่ก็คุยกันได้", {}),
]
MIXED: list[Case] = [
    (
        "找 KOL ในไทย, 10k+ followers, budget NT$50,000",
        {
            "must": {"countries": ["TH"], "followers": {"min": 10000}},
            "budget": {"amount": 50000, "currency": "TWD"},
        },
    ),
]
TEXTS = ENGLISH + ENGLISH_SILENT + CHINESE + VIETNAMESE + THAI + MIXED
