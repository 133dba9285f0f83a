"""Finding words that were said before."""

from hypothesis import given
from hypothesis import strategies as st

from language.alignment import EarlierTexts, split_words
from language.spans import Spans


def _index(*texts: str) -> EarlierTexts:
    earlier = EarlierTexts()
    for text in texts:
        earlier.add(split_words(text))
    return earlier


def test_words_are_compared_without_case_and_kinds_of_apostrophe() -> None:
    assert split_words("It’s LATE").words == split_words("it's late").words


def test_offsets_of_words_hold_in_the_text() -> None:
    text = "One,\n\u200btwo — thr\u00e9e’s"
    words = split_words(text)
    assert [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)] == [
        "One",
        "\u200btwo",
        "thrée’s",
    ]
    assert words.lines == (0, 1, 1)


def test_a_run_is_found_where_it_was_said_first() -> None:
    said = "the mill has stood by the river since the old days"
    found = _index("Nothing here at all today.", said, said).repeats(split_words(f"You wrote: {said}. No."))
    assert [(repeat.source, repeat.same) for repeat in found] == [(1, 11)]


def test_small_edits_do_not_break_a_run() -> None:
    said = "the mill has stood by the river since the old days and it will stand there for ever"
    edited = "the mill has stood by the river [...] since the old days, and it shall stand there for ever"
    (found,) = _index(said).repeats(split_words(edited))
    assert (found.first, found.last, found.same) == (0, 18, 17)


def test_a_whole_line_between_two_quoted_ones_is_no_edit() -> None:
    said = "the mill has stood by the river for long\nand the baker buys his flour there"
    answered = "the mill has stood by the river for long\nIt has not.\nand the baker buys his flour there"
    found = _index(said).repeats(split_words(answered))
    assert [(repeat.first, repeat.last) for repeat in found] == [(0, 9), (12, 19)]


def test_words_that_are_themselves_quoted_are_not_indexed() -> None:
    earlier = EarlierTexts()
    words = split_words("one two three four five six")
    earlier.add(words, [range(0, len(words))])
    assert earlier.repeats(words) == []


@given(st.lists(st.sampled_from(["red", "green", "blue", "one", "two", "three"]), max_size=60), st.integers(0, 50))
def test_what_is_reported_as_repeated_is(words: list[str], cut: int) -> None:
    earlier, later = " ".join(words), " ".join(words[cut:])
    for repeat in _index(earlier).repeats(split_words(later)):
        run = split_words(later).words[repeat.first : repeat.last]
        source = split_words(earlier).words[repeat.source_first : repeat.source_last]
        assert repeat.same <= len(run)
        assert run[:4] == source[:4]
        assert run[-4:] == source[-4:]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9))), st.integers(0, 60), st.integers(1, 9))
def test_spans_answer_as_a_plain_search_does(parts: list[tuple[int, int]], start: int, length: int) -> None:
    spans = [(begin, begin + size) for begin, size in parts]
    covered = {at for begin, end in spans for at in range(begin, end)}
    assert Spans(spans).touches(start, start + length) == bool(covered & set(range(start, start + length)))
