import subprocess
import sys

import matcher.text


def test_the_public_list_is_sorted_and_complete() -> None:
    assert matcher.text.__all__ == sorted(matcher.text.__all__)
    assert all(hasattr(matcher.text, name) for name in matcher.text.__all__)


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, matcher.text as text;"
        "text.detect_languages(['We like the food of this place', 'อาหาร', '台灣', 'phở']);"
        "print([m for m in ('torch', 'transformers', 'pandas', 'scipy', 'py3langid', 'emoji') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
