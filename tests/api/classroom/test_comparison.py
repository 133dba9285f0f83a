"""Two debates side by side: what they share is told once, and what differs round by round."""

from pathlib import Path

from api.web.comparison import compare
from debate.events import RoundStarted
from tests.api.classroom.test_pictures import a_transcript, a_turn
from tests.api.service_made import a_service, command, events, start, wait_for
from tests.transcripts.transcripts_made import START


def test_what_is_shared_ends_where_the_first_words_differ() -> None:
    """Also where both say the same again later."""
    shared = (
        RoundStarted(seq=1, at=START, round=1, title="Round 1"),
        a_turn(2, "anna", "The canal should be built."),
    )
    left = a_transcript(*shared, a_turn(3, "boris", "It is a waste."), a_turn(4, "anna", "Trade needs it."))
    right = a_transcript(*shared, a_turn(3, "boris", "The railway is cheaper."), a_turn(4, "anna", "Trade needs it."))
    both = compare("l", left, "r", right)
    assert [one.seq for one in both.shared] == [2]
    assert [(one.title, len(one.left), len(one.right)) for one in both.rounds] == [("Round 1", 2, 2)]
    assert both.in_both == {"Trade needs it."}


def test_one_that_only_goes_on_is_beside_nothing() -> None:
    """A branch that has not begun has an empty side; a debate beside itself has none."""
    whole = a_transcript(a_turn(1, "anna", "The canal should be built."), a_turn(2, "boris", "It is a waste."))
    part = a_transcript(a_turn(1, "anna", "The canal should be built."))
    assert [(len(one.left), len(one.right)) for one in compare("l", whole, "r", part).rounds] == [(1, 0)]
    assert compare("l", whole, "r", whole).rounds == ()


def test_a_branch_is_found_and_laid_beside_its_debate(tmp_path: Path) -> None:
    """The page after a debate names its branches, and those of its branches; comparing says what was changed."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        debate = start(client, start_paused=True)
        command(client, debate, "resume")
        wait_for(client, debate, "completed", "nothing_left")
        turn = next(one["seq"] for one in events(client, debate) if one["type"] == "turn")
        body = {"after_seq": turn, "premise": "The river <i>never</i> silts"}
        branch = client.post(f"/v1/debates/{debate}/branches", json=body).json()["id"]
        wait_for(client, branch, "completed", "nothing_left")
        twig = client.post(f"/v1/debates/{branch}/branches", json={"after_seq": turn}).json()["id"]
        for one, others in ((debate, (branch, twig)), (twig, (debate, branch))):
            page = client.get(f"/after/{one}").text
            for other in others:
                assert f"/compare/{one}/{other}" in page
            assert page.count("A branch</strong>") == 2
        page = client.get(f"/compare/{debate}/{branch}").text
        assert "The river &lt;i&gt;never&lt;/i&gt; silts" in page
        assert "What both have in common" in page
        assert client.get(f"/compare/{debate}/nothing").status_code == 404
