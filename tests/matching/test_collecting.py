import gc

import pytest

from matcher.matching.collecting import no_collecting


def test_nothing_is_collected_inside_and_everything_as_before_afterwards() -> None:
    with no_collecting():
        assert not gc.isenabled()
        with no_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_an_error() -> None:
    with pytest.raises(KeyError), no_collecting():
        raise KeyError
    assert gc.isenabled()


def test_whoever_turned_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with no_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
