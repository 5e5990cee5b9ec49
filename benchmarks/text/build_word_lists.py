"""
Build `words_en.txt` and `syllables_vi.txt` from openly licensed pairs (no share-alike source, no posts).

Each source's counts are made relative first, so that a large corpus about software does not decide what English is;
the words of the trade (`CREATOR_WORDS`) are written by hand and placed among the frequent ones.

    python benchmarks/text/build_word_lists.py ../shared/data/encoder/pairs.jsonl.gz
"""

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

DATA = Path(__file__).parents[2] / "src/matcher/text/data"
OPEN = ("MIT", "ISC", "Unicode", "CC-BY-4.0", "CC-BY-2.0", "WordNet", "MPL")
SIZE = 50_000
CREATOR_WORDS = """
vlog vlogs vlogger vlogging blog blogger bloggers foodie foodies foodporn foodgasm foodstagram foodblogger instafood
instagood instagram instadaily insta insta tiktok youtube youtuber youtubers shorts reels reel fyp foryou foryoupage
viral trending trend trends influencer influencers creator creators content kol koc selfie selfies ootd outfit outfits
lookbook streetstyle streetwear fashionista fashionblogger skincare makeup haircare bodycare nails nailart lashes
serum sunscreen moisturizer cleanser toner acne glow glowup beauty cosmetics kbeauty mukbang asmr recipe recipes
cooking baking homemade vegan vegetarian keto gluten cafe coffee latte boba matcha ramen sushi noodles pho
brunch dessert desserts foodtruck hotpot bbq unboxing haul tutorial diy hack hacks lifehack
giveaway sale promo discount review reviews gaming gamer gamers gameplay esports livestream streamer roblox minecraft
fortnite pubg valorant genshin anime manga cosplay otaku kpop jpop cpop kdrama drama ost mv cover remix lyrics lofi
karaoke hiphop rap edm dj dance dancer choreography fitness fit gym workout workouts fitspo fitfam bodybuilding
crossfit yoga pilates cardio running runner marathon cycling hiking trekking camping travel traveling traveler
traveller travelgram wanderlust backpacking backpacker staycation roadtrip sunset sunrise beach mom moms mommy momlife
dad kids baby toddler toddlers parenting motherhood family dog dogs doglover puppy puppies cat cats catlover kitten pet
pets petlover love lovers lover life lifestyle style daily vibes mood goals motivation inspo inspiration minimalism
decor homedecor interior interiordesign selfcare wellness mentalhealth mindfulness tech smartphone iphone android
laptop headphones earbuds crypto bitcoin nft investing finance startup entrepreneur girlboss photography
photooftheday picoftheday photographer model models wedding bride bridal tattoo tattoos vintage thrift sneakers
sneakerhead jewelry handmade craft crafts lego taiwan taipei taichung tainan kaohsiung hongkong vietnam saigon hanoi
danang dalat phuquoc thailand bangkok chiangmai phuket pattaya isan singapore malaysia kuala lumpur indonesia jakarta
bali philippines manila japan tokyo osaka kyoto korea seoul busan china shanghai beijing india mumbai delhi london
paris new york nyc usa uk asia asian thai vietnamese taiwanese korean japanese
""".split()


def main(pairs: str) -> None:
    """Count, weigh and write both lists."""
    english: dict[str, Counter[str]] = defaultdict(Counter)
    vietnamese: Counter[str] = Counter()
    seen: set[str] = set()
    with gzip.open(pairs, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if not row["licence"].startswith(OPEN) or "SA" in row["licence"]:
                continue
            if row["lang"] in ("vi", "vi-ja"):
                vietnamese.update(re.findall(r"[^\W\d_]+", row["text"].lower()))
            if row["lang"] != "vi-ja" and row["en"] not in seen:
                seen.add(row["en"])
                english[row["source"]].update(re.findall(r"[a-z]{2,}", row["en"].lower()))
                if row["lang"] == "en":
                    english[row["source"]].update(re.findall(r"[a-z]{2,}", row["text"].lower()))
    weight: Counter[str] = Counter()
    for counts in english.values():
        total = sum(counts.values())
        for word, count in counts.items():
            weight[word] += count / (total + 100_000)
    frequent = sorted(weight.values(), reverse=True)
    for word in CREATOR_WORDS:
        weight[word] = max(weight[word], frequent[1500])
    words = [w for w, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0])) if keep(w)][:SIZE]
    (DATA / "words_en.txt").write_text("\n".join(["a", "i", *words]) + "\n", encoding="utf-8")
    syllables = [s for s, n in vietnamese.most_common() if n >= 20 and syllable(s)]
    (DATA / "syllables_vi.txt").write_text("\n".join(syllables) + "\n", encoding="utf-8")
    print(len(words), "words,", len(syllables), "syllables")


TWO = """
am an as at be by do go he hi if in is it me my no of oh ok on or so to tv uk up us we vs vn tw hk ai pc dj mv diy
""".split()


def keep(word: str) -> bool:
    """Short letter groups split anything; only those that are words stay."""
    return (
        len(word) > 3
        or (len(word) == 3 and re.search("[aeiouy]", word) is not None)
        or word in TWO
        or word in CREATOR_WORDS
    )


ONSET = "ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]"
VOWEL = "aăâeêioôơuưyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ"
SYLLABLE = re.compile(rf"(?:{ONSET})?[{VOWEL}]{{1,3}}(?:ng|nh|ch|[cmnpt])?")


def syllable(text: str) -> bool:
    """Whether it can be a Vietnamese syllable by its shape."""
    return len(text) > 1 and SYLLABLE.fullmatch(text) is not None


if __name__ == "__main__":
    main(sys.argv[1])
