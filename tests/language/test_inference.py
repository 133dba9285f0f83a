"""The shipped cross-encoder: what it reads in a claim beside a statement, and that it reads each pair by itself."""

import pytest

from language.inference import CrossEncoder, Inference, installed

STATEMENT = "The Harbour Bridge of Selm was opened by Queen Ada on 4 May 1931."


@pytest.fixture(scope="module")
def encoder() -> CrossEncoder:
    """The encoder, where its libraries are installed."""
    found = installed()
    if found is None:
        pytest.skip("the extra nli is not installed")
    return found


def read(encoder: CrossEncoder, claim: str, statement: str = STATEMENT) -> Inference:
    """What one statement says of a claim."""
    (found,) = encoder.infer(claim, [statement])
    return found


@pytest.mark.parametrize(
    "claim",
    [
        "Queen Ada opened the bridge over Selm's harbour in the spring of 1931.",
        "The Harbour Bridge of Selm has been in use since 1931.",
    ],
)
def test_what_follows_in_other_words_is_supported(encoder: CrossEncoder, claim: str) -> None:
    """A paraphrase and a consequence are what the statement says."""
    said = read(encoder, claim)
    assert said.supports > max(said.contradicts, said.neither)


@pytest.mark.parametrize(
    "claim",
    [
        "The Harbour Bridge of Selm wasn't opened until 1958.",
        "The Harbour Bridge of Selm was opened by a plain dockworker, no royal was there.",
        "The Harbour Bridge of Selm was never opened.",
    ],
)
def test_what_is_excluded_in_other_words_is_contradicted(encoder: CrossEncoder, claim: str) -> None:
    """Another date, another person, a denial."""
    said = read(encoder, claim)
    assert said.contradicts > max(said.supports, said.neither)


@pytest.mark.parametrize(
    "claim",
    ["Building the Harbour Bridge of Selm cost two million crowns.", "Barley is harvested in August on Velmora."],
)
def test_what_is_left_open_is_neither(encoder: CrossEncoder, claim: str) -> None:
    """A detail that is not given, and another matter."""
    said = read(encoder, claim)
    assert said.neither > max(said.supports, said.contradicts)


def test_shares_add_up_and_a_pair_is_read_alike_beside_others(encoder: CrossEncoder) -> None:
    """Longer neighbours in a batch pad a pair and change it by no more than the 8 bits of its weights do."""
    claim = "Queen Ada opened the Harbour Bridge."
    alone = read(encoder, claim)
    beside = encoder.infer(claim, [STATEMENT, "Selm lies by the sea. " * 30])[0]
    assert sum(alone) == pytest.approx(1.0)
    assert tuple(beside) == pytest.approx(tuple(alone), abs=0.03)


def test_nothing_and_very_much_are_read(encoder: CrossEncoder) -> None:
    """No statement gives no reading; claims of 10,000 characters, other scripts and empty words give one."""
    assert encoder.infer("Selm has a bridge.", []) == []
    for claim in ("bridge " * 1500, "Мост в Сельме открыли в 1931 году", "", "\x00\ud7ff🙂"):
        assert sum(read(encoder, claim)) == pytest.approx(1.0)
