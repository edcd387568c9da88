"""kg.words: words of a list in a text."""

import pytest

from kg.words import Hit, Words

LIST = {"研究": 1, "研究院": 2, "院士": 3, "AI": 4}


@pytest.mark.parametrize(
    ("overlapping", "found"),
    [(False, [Hit(2, 5, 2)]), (True, [Hit(2, 4, 1), Hit(2, 5, 2), Hit(4, 6, 3)])],
)
def test_words_that_overlap(overlapping, found):
    """The longest of those that begin first, or all."""
    assert list(Words(LIST, overlapping=overlapping).find("他的研究院士")) == found


def test_places_give_the_number_of_the_word():
    """Values by number, in the order of the list."""
    words = Words(LIST)
    assert [(words.values[number], start, end) for number, start, end in words.places("院士谈AI")] == [
        (3, 0, 2),
        (4, 3, 5),
    ]


def test_half_a_character_hides_nothing():
    """A lone surrogate, which only a caller's string can hold, counts as one character."""
    assert list(Words(LIST).find("甲\ud800院士")) == [Hit(2, 4, 3)]


def test_no_word_is_found_in_nothing():
    """Nor by an empty list."""
    assert (list(Words(LIST).find("")), list(Words[int]({}).find("研究"))) == ([], [])
