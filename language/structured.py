"""Typed replies from any model: also from one without a JSON mode, without tools, and without much obedience.

An endpoint is asked in the strictest way that it is not known to lack (a JSON schema, then a forced tool
call, then in words); what works is remembered for each endpoint and model. What comes back is repaired
where it is nearly right, validated, and asked for again with the validator's complaint at most twice. Then
it fails closed.
"""

import json
import math
import re
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from language.chat import ChatModel, ChatRequest, ChatValue, Message, ReplyFormat, TokenUsage, clean_text
from language.errors import BadRequest, EmptyReply, MalformedReply, ModelError, ModelUnavailable, UnknownModel
from language.thinking import strip_thinking

T = TypeVar("T", bound=BaseModel)
Mode = Literal["json_schema", "tools", "words"]

MAX_REASKS = 2
MAX_TYPED_CHARS = 50_000
"""A longer reply is no typed reply: repairing it could take seconds."""

_ORDER: tuple[Mode, ...] = ("json_schema", "tools", "words")
_DEMOTED_AT = 2
_CODE_BLOCK = re.compile(r"```(?:json|JSON)?\s*\n?(.*?)```", re.DOTALL)
_DROPPED_KEYWORDS = frozenset(
    {"title", "default", "minLength", "maxLength", "minItems", "maxItems", "pattern", "format"}
)


class TypedReply(ChatValue, Generic[T]):
    """A validated reply, and what it took to get it."""

    value: T
    usage: TokenUsage
    reasks: int = 0
    mode: Mode


class ReplyModes:
    """What is known about how each endpoint's models can be asked for a typed reply."""

    def __init__(self) -> None:
        self._failures: dict[tuple[str, str, Mode], int] = {}
        self._proven: set[tuple[str, str, Mode]] = set()

    def candidates(self, model: ChatModel) -> tuple[Mode, ...]:
        """The modes still worth asking in, strictest first; asking in words always is."""
        return tuple(
            mode
            for mode in _ORDER
            if mode == "words" or self._failures.get((model.endpoint, model.name, mode), 0) < _DEMOTED_AT
        )

    def is_proven(self, model: ChatModel, mode: Mode) -> bool:
        """Whether the mode has worked there before, so that a failure says nothing about the mode."""
        return mode == "words" or (model.endpoint, model.name, mode) in self._proven

    def succeeded(self, model: ChatModel, mode: Mode) -> None:
        """Remember that the mode works."""
        self._proven.add((model.endpoint, model.name, mode))

    def failed(self, model: ChatModel, mode: Mode, *, is_sure: bool) -> None:
        """Remember a failure; one that may have had a passing cause counts half."""
        key = (model.endpoint, model.name, mode)
        self._failures[key] = self._failures.get(key, 0) + (_DEMOTED_AT if is_sure else 1)


async def ask_typed(model: ChatModel, request: ChatRequest, reply_type: type[T], modes: ReplyModes) -> TypedReply[T]:
    """Ask for a reply of one type.

    Args:
        model: Whom to ask.
        request: The question; says in words what the fields mean. Its `format` is set here.
        reply_type: A pydantic model; give its fields descriptions, since models see them.
        modes: Shared by all who ask the same endpoints.

    Raises:
        MalformedReply: No valid reply after `MAX_REASKS` further questions.
        ModelError: The model failed otherwise.
    """
    asking = _Asking(model, request, reply_type, modes)
    return await asking.run()


class _Asking(Generic[T]):
    """One question, on its way through the modes."""

    def __init__(self, model: ChatModel, request: ChatRequest, reply_type: type[T], modes: ReplyModes) -> None:
        self._model, self._request, self._type, self._modes = model, request, reply_type, modes
        self._usage = TokenUsage()
        self._reasks = 0
        self._correction: tuple[Message, ...] = ()

    async def run(self) -> TypedReply[T]:
        complaint = ""
        for mode in self._modes.candidates(self._model):
            is_last = mode == "words"
            while self._reasks <= MAX_REASKS:
                is_proven = self._modes.is_proven(self._model, mode)
                text = await self._reply_text(mode, is_proven)
                if text is None:
                    break
                try:
                    value = parse_typed(text, self._type)
                except MalformedReply as error:
                    complaint = str(error)
                    self._correction = _correction(text, complaint)
                    self._reasks += 1
                    if not is_proven and not is_last:
                        # It took the format and ignored it: a laxer mode may say better what is wanted.
                        self._modes.failed(self._model, mode, is_sure=False)
                        break
                    continue
                self._modes.succeeded(self._model, mode)
                return TypedReply[self._type](  # type: ignore[name-defined]
                    value=value, usage=self._usage, reasks=self._reasks, mode=mode
                )
        raise MalformedReply(
            f"{self._model.name!r} gave no valid {self._type.__name__} in {self._reasks} replies; "
            f"the last complaint: {complaint}"
        )

    async def _reply_text(self, mode: Mode, is_proven: bool) -> str | None:
        """The model's answer in this mode, None where the endpoint does not know the mode."""
        try:
            reply = await self._model.complete(self._formatted(mode, is_proven))
        except (BadRequest, UnknownModel, ModelUnavailable, EmptyReply) as error:
            if is_proven:
                raise
            # Servers that lack a mode answer 400, but some 404 and some 500, which may also be a passing
            # fault.
            self._modes.failed(self._model, mode, is_sure=isinstance(error, BadRequest))
            return None
        except ModelError as error:
            raise error
        self._usage = self._usage + reply.usage
        return reply.text

    def _formatted(self, mode: Mode, is_proven: bool) -> ChatRequest:
        schema = strict_schema(self._type)
        messages = self._request.messages
        if mode == "words":
            messages = _with_skeleton(messages, schema)
            form = None
        else:
            form = ReplyFormat(mode=mode, name=self._type.__name__, json_schema=schema)
        return self._request.model_copy(
            update={"messages": (*messages, *self._correction), "format": form, "single_try": not is_proven}
        )


def parse_typed(text: str, reply_type: type[T]) -> T:
    """Read a typed reply out of whatever a model wrote around and into it.

    Raises:
        MalformedReply: There is no JSON of this type in it; says what is wrong, in words for the model.
    """
    if len(text) > MAX_TYPED_CHARS:
        raise MalformedReply(f"the reply has {len(text):,} characters, more than {MAX_TYPED_CHARS:,}")
    said = strip_thinking(clean_text(text))
    block = _CODE_BLOCK.search(said)
    value = _decoded(block[1] if block else said)
    complaint = ""
    for candidate in _unwrapped(value, reply_type):
        try:
            return reply_type.model_validate(candidate)
        except ValidationError as error:
            complaint = complaint or _summary(error)
    raise MalformedReply(complaint or "the reply holds no JSON object")


def _decoded(text: str) -> Any:
    start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    if start < 0:
        raise MalformedReply("the reply holds no JSON object")
    try:
        try:
            value = json.loads(text[start:])
        except ValueError:
            # Loaded only here: most replies are sound, and it is not needed without a model at all.
            from json_repair import repair_json

            end = max(text.rfind("}"), text.rfind("]"))
            whole = text[start : end + 1] if end > start else text[start:]
            value = repair_json(whole, return_objects=True)
        return _without_nan(value)
    except (ValueError, RecursionError) as error:
        raise MalformedReply("the reply's JSON cannot be read, not even with repairs") from error


def _without_nan(value: Any) -> Any:
    """The value as it is; NaN and infinities are no JSON, and no number that anything can be decided on."""
    if isinstance(value, float) and not math.isfinite(value):
        raise MalformedReply("NaN and Infinity are no JSON numbers")
    if isinstance(value, dict):
        return {clean_text(str(key)): _without_nan(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_nan(item) for item in value]
    # An escape such as \ud800 becomes a lone surrogate only in decoding.
    return clean_text(value) if isinstance(value, str) else value


def _unwrapped(value: Any, reply_type: type[BaseModel]) -> list[Any]:
    """The value, and the likely readings of one that a model wrapped or did not wrap."""
    readings = [value]
    fields = reply_type.model_fields
    if isinstance(value, dict):
        # {"name": ..., "arguments": {...}}, {"answer": {...}}, {"properties": {...}}
        readings += [item for key, item in value.items() if isinstance(item, dict) and key not in fields and item]
        readings += [
            _decoded(item)
            for key, item in value.items()
            if key == "arguments" and isinstance(item, str) and "{" in item
        ]
    if isinstance(value, list):
        if len(fields) == 1:
            readings.append({next(iter(fields)): value})
        readings += [item for item in value[:1] if isinstance(item, dict)]
    return readings


def _summary(error: ValidationError) -> str:
    complaints = [
        f"{'.'.join(str(part) for part in found['loc']) or 'the reply'}: {found['msg']}" for found in error.errors()
    ]
    return "; ".join(complaints[:4])


def _correction(text: str, complaint: str) -> tuple[Message, ...]:
    return (
        Message(role="assistant", content=clean_text(text)[:2000] or "{}"),
        Message(
            role="user",
            content=f"That is not valid: {complaint}. Answer again with only the corrected JSON object.",
        ),
    )


def strict_schema(reply_type: type[BaseModel]) -> dict[str, Any]:
    """The type's JSON schema within what endpoints' strict modes take: no defaults, nothing optional, no extras."""
    whole = reply_type.model_json_schema()
    definitions = whole.pop("$defs", {})
    schema = _strict(whole, definitions)
    assert isinstance(schema, dict)
    return schema


def _strict(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_strict(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        # References are written out: small servers turn a schema into a grammar and know none.
        return _strict(definitions[node["$ref"].rsplit("/", 1)[-1]], definitions)
    kept = {
        key: {name: _strict(field, definitions) for name, field in value.items()}
        if key == "properties"
        else _strict(value, definitions)
        for key, value in node.items()
        if key not in _DROPPED_KEYWORDS
    }
    if "properties" in kept:
        kept["required"] = list(kept["properties"])
        kept["additionalProperties"] = False
    return kept


def _with_skeleton(messages: tuple[Message, ...], schema: dict[str, Any]) -> tuple[Message, ...]:
    form = json.dumps(_skeleton(schema), ensure_ascii=False, indent=1)
    asked = f"Answer with one JSON object of this form and nothing else:\n{form}"
    last = messages[-1]
    return (*messages[:-1], Message(role=last.role, content=f"{last.content}\n\n{asked}"))


def _skeleton(schema: dict[str, Any]) -> Any:
    """An example of the form, which weak models follow better than a schema."""
    if "anyOf" in schema:
        return _skeleton(schema["anyOf"][0])
    if "enum" in schema:
        return " | ".join(str(choice) for choice in schema["enum"])
    if "const" in schema:
        return schema["const"]
    kind = schema.get("type")
    if kind == "object":
        return {name: _skeleton(field) for name, field in schema.get("properties", {}).items()}
    if kind == "array":
        return [_skeleton(schema.get("items", {}))]
    return {"integer": 1, "number": 0.5, "boolean": True}.get(str(kind)) or (f"<{schema.get('description', 'text')}>")
