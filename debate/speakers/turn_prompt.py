"""The prompt of a persona's turn: a stable beginning that endpoints can keep, then the latest of the debate.

What all personas of a debate share comes first, then what makes this one, then what changes from turn to turn: an
endpoint that keeps one beginning for each persona keeps most of the prompt, one that keeps a single beginning at least
what is shared.
"""

from debate.events import ReplyTo, Setup, Turn
from debate.formats import FORMATS, side_of
from debate.speakers.planning import Plan
from debate.speakers.port import Brief
from debate.speakers.window import RECENT_TURNS, digest, openings_heard, recent_turns, standing_rulings
from language.prompts import Prompt, as_label, fence, render
from personas.persona import Persona
from personas.thread import Frozen

MAX_POSITIONS = 7
MAX_SAMPLES = 2
SHORT_POSITIONS = 3
SAMPLE_CHARS = 320
WORDS_PER_SENTENCE = 20

_SIDES = ("for", "against")


class PromptSize(Frozen):
    """How much of the debate and the persona a prompt shows."""

    recent: int = RECENT_TURNS
    positions: int = MAX_POSITIONS
    samples: int = MAX_SAMPLES
    has_digest: bool = True


SIZES = (
    PromptSize(),
    PromptSize(recent=2, positions=4, samples=1, has_digest=False),
)
"""From the usual size down; below the last there is `short_prompt`, for models with a short context."""


def turn_prompt(brief: Brief, plan: Plan, size: PromptSize = SIZES[0]) -> Prompt:
    """The prompt for the turn that `plan` decided on."""
    setup, speaker = brief.setup, brief.speaker
    name = as_label(setup.shown_name(speaker.id))
    shown = FORMATS.get(setup.format)
    positions = [position.statement for position in speaker.positions[: size.positions]]
    rulings = standing_rulings(brief.events, speaker.id)
    older = digest(setup, brief.events, speaker.id, size.recent) if size.has_digest else ""
    recent = recent_turns(setup, brief.events, size.recent)
    return render(
        "persona_turn",
        {
            "name": name,
            "motion": setup.motion,
            "epithet": speaker.epithet,
            "side": _side(setup, speaker, name),
            "positions": _listed(positions) or "(nothing that could be found)",
            "samples": _samples(speaker, size),
            "format_task": f"The format is {shown.name}: {shown.summary}." if shown else "",
            "premise": _premise(setup),
            "rulings": _rulings(rulings),
            "digest": f"Earlier in the debate:\n{fence('earlier', older)}" if older else "",
            "recent": f"The last posts:\n{fence('posts', recent)}" if recent else "",
            "move": _move(brief, plan),
            "points": _points(brief, plan),
            "openings": _openings(brief),
            "order": _order(brief, plan),
            "sentences": f"2 to {max(brief.max_sentences, 2)}",
            "words": str(max_words(brief)),
        },
    )


def short_prompt(brief: Brief, plan: Plan, reason: str = "") -> Prompt:
    """The move alone, without the debate around it: for a second try, and for the shortest of contexts.

    What led a model astray stands mostly in what it was shown, and the shorter a prompt the better a weak model keeps
    to it. The rejected words are not shown again: small models repeat whatever they see of themselves.

    Args:
        brief: Who speaks, on which debate.
        plan: The move.
        reason: Why an earlier try does not count; empty where there was none.
    """
    name = as_label(brief.setup.shown_name(brief.speaker.id))
    return render(
        "persona_turn_short",
        {
            "name": name,
            "motion": brief.setup.motion,
            "premise": _premise(brief.setup),
            "side": _side(brief.setup, brief.speaker, name),
            "positions": _listed(_further_positions(brief, plan)) or "(what your own words below say)",
            "move": _move(brief, plan),
            "points": _points(brief, plan),
            "earlier": f"An earlier try of yours does not count:\n{fence('reason', reason)}" if reason else "",
            "order": _order(brief, plan),
            "sentences": "2 or 3",
            "words": str(max_words(brief)),
        },
    )


def _further_positions(brief: Brief, plan: Plan) -> list[str]:
    shown = {" ".join(point.text.split()) for point in plan.points}
    held = [" ".join(position.statement.split()) for position in brief.speaker.positions]
    return [statement for statement in held if statement not in shown][:SHORT_POSITIONS]


def max_words(brief: Brief) -> int:
    """How many words a turn may have."""
    shown = FORMATS.get(brief.setup.format)
    return min(shown.words_per_turn if shown else 120, max(brief.max_sentences, 2) * WORDS_PER_SENTENCE)


def _side(setup: Setup, speaker: Persona, name: str) -> str:
    side = side_of(setup, speaker)
    if setup.sides_swapped:
        stood = f" and argue {side} the motion" if side in ("for", "against") else ""
        return (
            f"In this exercise you argue the OTHER side on purpose{stood}: write the strongest case AGAINST what "
            f"{name} holds below, as someone who is convinced of it."
        )
    if side in ("for", "against"):
        return f"You are {side} the motion."
    return "You have taken no plain side on the motion; keep to your views."


def _premise(setup: Setup) -> str:
    if not setup.premise:
        return ""
    return (
        "For this debate everybody takes the following as given. Argue what would follow from it, step by step, from "
        f"your views:\n{fence('premise', setup.premise)}"
    )


def _rulings(rulings: str) -> str:
    if not rulings:
        return ""
    return (
        "The referee has checked facts that you gave. You may admit a wrong fact in half a sentence, and keep every "
        f"position:\n{fence('rulings', rulings)}"
    )


def _move(brief: Brief, plan: Plan) -> str:
    if plan.reply_to is None:
        return ""
    return f"{_answered(brief, plan.reply_to)} wrote:\n{fence('said', plan.reply_to.text)}"


def _order(brief: Brief, plan: Plan) -> str:
    """The last words before the model's own."""
    point = "It says what stands last above" if plan.points and not brief.setup.sides_swapped else ""
    if plan.reply_to is None:
        has_spoken = any(isinstance(one, Turn) and one.speaker == brief.speaker.id for one in brief.events)
        kind = "closing" if brief.phase == "closing" else "next" if has_spoken else "opening"
        return f"Now write your {kind} post. {point + '.' if point else ''}"
    who = _answered(brief, plan.reply_to)
    if brief.phase == "question":
        return f"Now write your post, which puts a question about that to {who}."
    if plan.reply_to.speaker is None:
        return f"Now write your answer to that question. {point + '.' if point else ''}"
    is_ally = side_of(brief.setup, brief.speaker) in _SIDES and any(
        one.id == plan.reply_to.speaker and one.stance == brief.speaker.stance for one in brief.setup.participants
    )
    against = f"beside what {who} wrote" if is_ally else f"against what {who} wrote"
    return f"Now write your post. {point}, {against}." if point else f"Now write your post, {against}."


def _answered(brief: Brief, target: ReplyTo) -> str:
    return as_label(brief.setup.shown_name(target.speaker)) if target.speaker else "The moderator"


def _points(brief: Brief, plan: Plan) -> str:
    own = fence("own_words", _listed([point.text for point in plan.points]))
    if brief.setup.sides_swapped:
        return f"You argue against these words of yours:\n{own}" if plan.points else ""
    if not plan.points:
        return "Argue from your views."
    return f"In your post you say this, in new words:\n{own}"


def _samples(speaker: Persona, size: PromptSize) -> str:
    """How the poster writes: whole stretches of the longest posts, less what stands among the positions already."""
    shown = {" ".join(position.statement.split()) for position in speaker.positions[: size.positions]}
    stretches: list[str] = []
    for post in dict.fromkeys(remark.post_id for remark in speaker.remarks):
        own = [" ".join(remark.text.split()) for remark in speaker.remarks if remark.post_id == post]
        fresh = [text for text in own if text not in shown]
        stretch = ""
        for text in fresh:
            if stretch and len(stretch) + len(text) > SAMPLE_CHARS:
                break
            stretch = f"{stretch} {text}".strip()[:SAMPLE_CHARS]
        if stretch:
            stretches.append(stretch)
    longest = sorted(stretches, key=len, reverse=True)[: size.samples]
    if not longest:
        return ""
    return "How you write, from real posts:\n" + fence("samples", _listed(longest))


def _openings(brief: Brief) -> str:
    heard = openings_heard(brief.events, brief.speaker.id)
    if not heard:
        return ""
    return f"Begin in another way than these posts began:\n{fence('openings', _listed(list(heard)))}"


def _listed(texts: list[str]) -> str:
    return "\n".join(f"- {' '.join(text.split())}" for text in texts)
