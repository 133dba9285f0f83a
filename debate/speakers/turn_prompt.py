"""The prompt of a persona's turn: a stable beginning that endpoints can keep, then the latest of the debate."""

from debate.events import Setup
from debate.formats import FORMATS, side_of
from debate.speakers.planning import Plan
from debate.speakers.port import Brief
from debate.speakers.window import RECENT_TURNS, digest, recent_turns, standing_rulings
from language.prompts import Prompt, as_label, fence, render
from personas.persona import Persona
from personas.thread import Frozen

MAX_POSITIONS = 10
MAX_SAMPLES = 5
SAMPLE_CHARS = 400
WORDS_PER_SENTENCE = 20


class PromptSize(Frozen):
    """How much of the debate and the persona a prompt shows."""

    recent: int = RECENT_TURNS
    positions: int = MAX_POSITIONS
    samples: int = MAX_SAMPLES
    has_digest: bool = True


SIZES = (
    PromptSize(),
    PromptSize(recent=3, positions=6, samples=2, has_digest=False),
    PromptSize(recent=1, positions=3, samples=0, has_digest=False),
)
"""From the usual size down to the smallest that still makes sense, for models with a short context."""


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
            "samples": _samples(speaker, size.samples) or "(no samples)",
            "format_task": f"The format is {shown.name}: {shown.summary}." if shown else "",
            "premise": _premise(setup),
            "rulings": _rulings(rulings, name),
            "digest": f"Earlier in the debate:\n{fence('earlier', older)}" if older else "",
            "recent": f"The last posts:\n{fence('posts', recent)}" if recent else "",
            "move": _move(brief, plan),
            "points": _points(plan),
            "sentences": f"2 to {max(brief.max_sentences, 2)}",
            "words": str(max_words(brief)),
        },
    )


def max_words(brief: Brief) -> int:
    """How many words a turn may have."""
    shown = FORMATS.get(brief.setup.format)
    return min(shown.words_per_turn if shown else 120, max(brief.max_sentences, 2) * WORDS_PER_SENTENCE)


def _side(setup: Setup, speaker: Persona, name: str) -> str:
    side = side_of(setup, speaker)
    if setup.sides_swapped:
        stood = f" and argues {side} the motion" if side in ("for", "against") else ""
        return (
            f"In this exercise {name} argues the OTHER side on purpose{stood}: write the strongest case AGAINST what "
            f"{name} holds below, as someone who is convinced of it."
        )
    if side in ("for", "against"):
        return f"{name} is {side} the motion."
    return f"{name} has taken no plain side on the motion; keep to the positions below."


def _premise(setup: Setup) -> str:
    if not setup.premise:
        return ""
    return "For this debate everybody takes the following as given, and argues what follows from it:\n" + fence(
        "premise", setup.premise
    )


def _rulings(rulings: str, name: str) -> str:
    if not rulings:
        return ""
    return (
        f"The referee has checked facts that {name} gave. {name} may admit a wrong fact in half a sentence, and keeps "
        f"every position:\n{fence('rulings', rulings)}"
    )


def _move(brief: Brief, plan: Plan) -> str:
    if plan.reply_to is None:
        closing = brief.phase == "closing"
        return f"You {'close the debate' if closing else 'open'} with your main point."
    target = plan.reply_to
    who = as_label(brief.setup.shown_name(target.speaker)) if target.speaker else "the moderator"
    if brief.phase == "question":
        return f"You put a question to {who}, who said:\n{fence('said', target.text)}"
    return f"You answer {who}, who said:\n{fence('said', target.text)}"


def _points(plan: Plan) -> str:
    if not plan.points:
        return "Argue from what you hold."
    own = "\n".join(f"- {' '.join(point.text.split())}" for point in plan.points)
    return "Rest on these words of your own; say them in other words, and why they answer:\n" + fence("own_words", own)


def _samples(speaker: Persona, count: int) -> str:
    """Some of the poster's own sentences, spread over what they wrote."""
    usable = [remark for remark in speaker.remarks if remark.stands_alone] or list(speaker.remarks)
    if not usable or not count:
        return ""
    step = max(len(usable) // count, 1)
    return _listed([" ".join(remark.text.split())[:SAMPLE_CHARS] for remark in usable[::step][:count]])


def _listed(texts: list[str]) -> str:
    return "\n".join(f"- {' '.join(text.split())}" for text in texts)
