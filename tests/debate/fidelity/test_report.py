from debate.events import Attempt
from debate.fidelity.report import report_fidelity
from tests.debate.debates_made import ANNA, BERT, make_setup, make_turn

FAITHFUL = "Hardly anybody borrows books there since the county opened its online loans."


def test_every_persona_and_round_is_counted() -> None:
    """Accepted, replaced and rejected turns, flips and quotations are told from the events alone."""
    flip = Attempt(text="Everybody borrows books.", reasons=("flip: it turns around what the poster holds",))
    refusal = Attempt(text="I can't.", reasons=("refusal: it declines", "assistant: it talks like one"))
    events = (
        make_turn(1, ANNA, FAITHFUL, origin="model"),
        make_turn(2, BERT, BERT.remarks[0].text, origin="verbatim_fallback", attempts=(flip, refusal)),
        make_turn(3, ANNA, f"Bert said “{BERT.remarks[0].text}” {FAITHFUL}", origin="model", attempts=(flip,), round=2),
        make_turn(4, BERT, "He said “something that nobody ever said here”.", origin="model", round=2),
    )

    report = report_fidelity(make_setup(), events)

    anna, bert = report.totals
    assert (anna.speaker, anna.turns, anna.by_model, anna.accepted_at_once, anna.replaced) == ("anna", 2, 2, 1, 0)
    assert anna.accepted_share == 0.5
    assert (anna.flips_caught, anna.quotations_checked, anna.quotations_unproven) == (1, 1, 0)
    assert (bert.replaced, bert.flips_caught, bert.quotations_unproven) == (1, 1, 1)
    assert bert.rejected == {"assistant": 1, "flip": 1, "refusal": 1}
    assert [(row.speaker, row.round) for row in report.rows] == [
        ("anna", 1),
        ("anna", 2),
        ("anna", 0),
        ("bert", 1),
        ("bert", 2),
        ("bert", 0),
    ]


def test_drift_is_measured_from_the_first_round() -> None:
    """A persona that leaves what its poster wrote gets further away round by round."""
    events = (
        make_turn(1, ANNA, FAITHFUL, origin="model"),
        make_turn(2, ANNA, "Gardens are lovely in spring when tulips bloom.", origin="model", round=2),
    )

    first, second, _ = report_fidelity(make_setup(), events).rows

    assert first.closeness > 0.6
    assert first.drift == 0.0
    assert second.drift < -0.5


def test_an_empty_transcript_has_no_rows() -> None:
    """Nothing is made up for a debate that has not begun."""
    assert report_fidelity(make_setup(), ()).rows == ()
