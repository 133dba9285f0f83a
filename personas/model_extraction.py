"""From a thread to its cast with a model's help: positions in the poster's sense, each held to the poster's real words.

The model-free extraction comes first. A model then reads each poster's own words in parts of bounded size and names
positions with quotations; what it quotes is located and replaced by the real words, and a position of which nothing can
be located is dropped and counted. What both extractions found stands first, then what only one of them found.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from pydantic import BaseModel, Field

from language.chat import ChatModel, ChatRequest, Parameters, TokenUsage
from language.errors import EmptyReply, MalformedReply, ModelUnavailable, RateLimited, Refused
from language.prompts import as_label, render
from language.sentences import split_sentences
from language.structured import ReplyModes, ask_typed
from personas.evidence_places import OwnRun, own_runs
from personas.extraction import claims_by_author, extract_cast
from personas.locating import locate
from personas.persona import Cast, Evidence, Persona, Position, Remark, Stance
from personas.positions import Claim
from personas.stance import can_show, read_motion
from personas.statements import hold, known_from
from personas.terms import rarity, similarity, terms
from personas.thread import Frozen, Thread

PART_CHARS = 5_000
"""How much of a poster's own words one question to the model shows."""
POSITIONS_PER_PART = 5
MAX_POSITIONS = 12
MAX_STANCE_SENTENCES = 30
_SAME_POSITION = 0.55
_GONE_FOR_GOOD = 2


class FoundPosition(BaseModel):
    """A position as a model names it."""

    statement: str = Field(description="one self-contained sentence")
    quotes: list[str] = Field(description="the poster's words that say it, copied exactly")


class FoundPositions(BaseModel):
    """What a model found in one part of a poster's words."""

    positions: list[FoundPosition]


class FoundStance(BaseModel):
    """Where a model says that a poster stands."""

    stance: Literal["for", "against", "mixed", "unclear"]
    sentence: int = Field(description="number of the sentence that shows it, 0 for none")


class ModelExtraction(Frozen):
    """A cast, and how it came about."""

    cast: Cast
    """`dropped_positions` counts what the model named and no real words back."""
    usage: TokenUsage
    agreed: dict[str, int]
    """By persona id: how many positions both extractions found."""
    unread: dict[str, str]
    """By persona id: why the model's reading of somebody failed, so that only the model-free one counts."""


async def extract_cast_by_model(
    thread: Thread,
    model: ChatModel,
    modes: ReplyModes,
    motion: str | None = None,
    on_read: Callable[[Persona], None] | None = None,
) -> ModelExtraction:
    """The personas of a thread, read with and without a model.

    Args:
        thread: As read by `personas.reading`.
        model: Asked once for each part of each poster's words, and once for each stance.
        modes: What is known of how endpoints give typed replies.
        motion: What the stances refer to; the thread's title where None.
        on_read: Told of everybody whom the model has read, or failed to.

    Returns:
        The cast. A model that goes away in the middle leaves whoever it has not read as the rules see them, and
        `unread` says so.

    Raises:
        ModelError: The model cannot be asked at all, or the budget is spent.
    """
    cast = extract_cast(thread, motion)
    weights = rarity(run.text for post in thread.posts for run in own_runs(post, thread))
    claims = claims_by_author(thread, cast.motion)
    personas, usage = [], TokenUsage()
    agreed: dict[str, int] = {}
    unread: dict[str, str] = {}
    dropped = cast.dropped_positions
    gone = 0
    for persona in cast.personas:
        if gone >= _GONE_FOR_GOOD:
            personas.append(persona)
            unread[persona.id] = "the model no longer answers"
            continue
        reading = _Reading(thread, cast.motion, persona, model, modes, weights, claims.get(persona.name, []))
        try:
            personas.append(await reading.persona())
            agreed[persona.id] = reading.agreed
            gone = 0
        except (MalformedReply, EmptyReply, Refused, ModelUnavailable, RateLimited) as error:
            is_away = isinstance(error, ModelUnavailable | RateLimited)
            if is_away and not agreed:
                raise
            gone += is_away
            personas.append(persona)
            unread[persona.id] = str(error)
        if on_read is not None:
            on_read(persona)
        usage += reading.usage
        dropped += reading.dropped
    return ModelExtraction(
        cast=cast.model_copy(update={"personas": tuple(personas), "dropped_positions": dropped}),
        usage=usage,
        agreed=agreed,
        unread=unread,
    )


class _Reading:
    """One poster being read by a model."""

    def __init__(
        self,
        thread: Thread,
        motion: str,
        persona: Persona,
        model: ChatModel,
        modes: ReplyModes,
        weights: dict[str, float],
        claims: Sequence[Claim],
    ) -> None:
        self._motion, self._persona, self._model, self._modes = motion, persona, model, modes
        self._weights, self._claims = weights, claims
        self._known = known_from([motion, *(thread.post(post_id).text for post_id in persona.posts)])
        self._runs = [run for post_id in persona.posts for run in own_runs(thread.post(post_id), thread)]
        self.usage = TokenUsage()
        self.dropped = 0
        self.agreed = 0

    async def persona(self) -> Persona:
        """The persona as both extractions see it."""
        found = [position for part in _parts(self._runs) for position in await self._positions(part)]
        positions, homes = self._merge(_grouped(found, self._weights))
        stance, evidence = await self._stance()
        return self._persona.model_copy(
            update={
                "positions": positions,
                "stance": stance,
                "stance_evidence": evidence,
                "remarks": tuple(_rehomed(remark, homes, positions) for remark in self._persona.remarks),
            }
        )

    async def _positions(self, part: str) -> list[Position]:
        prompt = render(
            "positions",
            {
                "name": as_label(self._persona.name),
                "limit": str(POSITIONS_PER_PART),
                "motion": self._motion,
                "posts": part,
            },
        )
        request = ChatRequest(
            messages=prompt.messages,
            parameters=Parameters(temperature=0.0, max_tokens=900),
            template=prompt.template,
        )
        reply = await ask_typed(self._model, request, FoundPositions, self._modes)
        self.usage += reply.usage
        located = []
        for named in reply.value.positions[:POSITIONS_PER_PART]:
            evidence = [place for quote in named.quotes if (place := locate(quote, self._runs)) is not None]
            held = evidence and hold(named.statement, evidence, self._claims, self._known, self._weights)
            if held:
                located.append(held)
            else:
                self.dropped += 1
        return located

    def _merge(self, found: Sequence[Position]) -> tuple[tuple[Position, ...], dict[str, str]]:
        """The positions of both extractions under new ids, and where the model-free ones went."""
        left = list(found)
        both: list[tuple[Position, str | None]] = []
        alone: list[tuple[Position, str | None]] = []
        for own in self._persona.positions:
            same = next((one for one in left if _is_same(one, own, self._weights)), None)
            if same is None:
                alone.append((own, own.id))
                continue
            left.remove(same)
            evidence = tuple(dict.fromkeys((*own.evidence, *same.evidence)))
            both.append((same.model_copy(update={"evidence": evidence}), own.id))
        self.agreed = len(both)
        ordered = [*both, *((one, None) for one in left), *alone][:MAX_POSITIONS]
        homes = {old: f"p{number}" for number, (_, old) in enumerate(ordered, start=1) if old is not None}
        positions = tuple(
            position.model_copy(update={"id": f"p{number}"}) for number, (position, _) in enumerate(ordered, start=1)
        )
        return positions, homes

    async def _stance(self) -> tuple[Stance, Evidence | None]:
        """The stance that both readings bear out; where they clash nobody knows."""
        own = self._persona.stance
        sentences = list(self._stance_sentences())
        if not sentences:
            return own, self._persona.stance_evidence
        said = await self._ask_stance(sentences)
        kept = own, self._persona.stance_evidence
        if said.stance in (own, "unclear") or not 1 <= said.sentence <= len(sentences):
            # A stance without a sentence to rest on is none.
            return kept
        shown = sentences[said.sentence - 1]
        motion = read_motion(self._motion, self._weights)
        if not can_show(shown.text, motion, said.stance) or (await self._ask_stance([shown])).stance != said.stance:
            return kept
        return (said.stance, shown) if own == "unclear" else ("unclear", None)

    async def _ask_stance(self, sentences: Sequence[Evidence]) -> FoundStance:
        listed = "\n".join(f"{number}. {one.text}" for number, one in enumerate(sentences, start=1))
        name = as_label(self._persona.name)
        prompt = render("stance", {"name": name, "motion": self._motion, "sentences": listed})
        request = ChatRequest(
            messages=prompt.messages, parameters=Parameters(temperature=0.0, max_tokens=60), template=prompt.template
        )
        reply = await ask_typed(self._model, request, FoundStance, self._modes)
        self.usage += reply.usage
        return reply.value

    def _stance_sentences(self) -> Iterator[Evidence]:
        subject = terms(self._motion)
        places = [
            Evidence(post_id=run.post_id, text=one.text, start=run.start + one.start, end=run.start + one.end)
            for run in self._runs
            for one in split_sentences(run.text)
        ]
        ranked = sorted(places, key=lambda one: -similarity(terms(one.text), subject, self._weights))
        chosen = {(one.post_id, one.start) for one in ranked[:MAX_STANCE_SENTENCES]}
        yield from (one for one in places if (one.post_id, one.start) in chosen)


def _parts(runs: Sequence[OwnRun]) -> Iterator[str]:
    """A poster's own words in parts of bounded size, cut between sentences."""
    part: list[str] = []
    size = 0
    for run in runs:
        for sentence in split_sentences(run.text):
            if part and size + len(sentence.text) > PART_CHARS:
                yield " ".join(part)
                part, size = [], 0
            part.append(sentence.text[:PART_CHARS])
            size += len(sentence.text) + 1
    if part:
        yield " ".join(part)


def _grouped(found: Sequence[Position], weights: dict[str, float]) -> list[Position]:
    """Positions of all parts, each once, with the evidence of all of its namings."""
    kept: list[Position] = []
    for position in found:
        at = next((place for place, one in enumerate(kept) if _is_same(one, position, weights)), None)
        if at is None:
            kept.append(position)
        else:
            evidence = tuple(dict.fromkeys((*kept[at].evidence, *position.evidence)))
            kept[at] = kept[at].model_copy(update={"evidence": evidence})
    return kept


def _is_same(left: Position, right: Position, weights: dict[str, float]) -> bool:
    overlap = any(one.overlaps(other) for one in left.evidence for other in right.evidence)
    return overlap or similarity(terms(left.statement), terms(right.statement), weights) >= _SAME_POSITION


def _rehomed(remark: Remark, homes: dict[str, str], positions: Sequence[Position]) -> Remark:
    """The remark under the position that it now argues for."""
    home = homes.get(remark.position_id or "")
    if home is None:
        home = next((one.id for one in positions if any(remark.overlaps(place) for place in one.evidence)), None)
    return remark.model_copy(update={"position_id": home})
