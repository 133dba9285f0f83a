"""Small debates for tests of what is said in them: two posters who disagree about a village library, and a third."""

from datetime import UTC, datetime

from debate.events import Event, Question, ReplyTo, Setup, Turn
from debate.fidelity.findings import Occasion
from personas.persona import Persona
from tests.personas_made import make_persona

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MOTION = "Should the village close its library?"

ANNA = make_persona(
    "anna",
    "The library costs the village more than the school and the road repairs together.",
    "Hardly anybody borrows books there since the county opened its online loans.",
    "Closing the library would free 40,000 a year for the bus line.",
    "The building is damp and the roof has to be replaced anyway.",
    "A reading room in the town hall would be enough for the pupils.",
    stance="for",
)
BERT = make_persona(
    "bert",
    "The library is the only warm room where old people meet in winter.",
    "Children without a computer at home do their homework in the library.",
    "A village that gives up its library gives up on its young people.",
    "The county's online loans do not reach people without a connection.",
    "The roof can be repaired for a tenth of what the council says.",
    stance="against",
)
CLARA = make_persona(
    "clara",
    "The bus line matters more to commuters than any building.",
    "Volunteers could run the library on three afternoons a week.",
    "The council has never published the real number of visitors.",
)


def make_setup(**changed: object) -> Setup:
    """A forum debate of the three; named fields replace the defaults."""
    fields: dict[str, object] = {
        "motion": MOTION,
        "format": "forum",
        "rounds": 2,
        "participants": (ANNA, BERT, CLARA),
        "offsets": "post",
    }
    return Setup.model_validate({**fields, **changed})


def make_turn(seq: int, speaker: Persona, text: str, **changed: object) -> Turn:
    """A turn of the first round."""
    fields: dict[str, object] = {
        "seq": seq,
        "at": NOON,
        "round": 1,
        "phase": "reply",
        "speaker": speaker.id,
        "speaker_name": speaker.name,
        "text": text,
    }
    return Turn.model_validate({**fields, **changed})


def make_question(seq: int, to: Persona, text: str) -> Question:
    """A moderator's question."""
    return Question(seq=seq, at=NOON, text=text, to=to.id)


def make_occasion(
    speaker: Persona = ANNA, events: tuple[Event, ...] | None = None, setup: Setup | None = None, **changed: object
) -> Occasion:
    """Anna's turn in answer to Bert's first sentence, unless told otherwise."""
    said = BERT.remarks[0].text
    events = (make_turn(1, BERT, said),) if events is None else events
    fields: dict[str, object] = {
        "setup": setup or make_setup(),
        "events": events,
        "speaker": speaker,
        "reply_to": ReplyTo(seq=1, speaker="bert", text=said) if events else None,
    }
    return Occasion.model_validate({**fields, **changed})
