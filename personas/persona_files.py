"""Personas as YAML files, one a persona, that a person can edit and feed back.

A file holds a `Persona` and what it refers to (`motion`, `thread`, `offsets`). Somebody who edits it may add a position
with nothing but its statement and the verbatim text of its evidence: place and post are found in the thread.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from pydantic import ValidationError

from language.errors import PersonaError
from personas.evidence_places import find_evidence
from personas.persona import Cast, Persona
from personas.thread import Thread
from personas.yaml_lines import LinedYaml, read_yaml

_HEADER = (
    "# A persona as rejoinder extracted it. Change what you like, then use the folder with --personas.\n"
    "# Evidence has to be verbatim in this poster's own words; new evidence needs only its `text`.\n"
)
_ABOUT = ("motion", "thread", "offsets")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
MAX_BYTES = 16 * 1024 * 1024
"""Largest persona file that is read."""


class _Loaded(NamedTuple):
    persona: Persona
    about: Mapping[str, Any]
    path: Path


def write_cast(cast_: Cast, folder: Path) -> tuple[Path, ...]:
    """Write each persona that argues something to `<id>.yaml` in `folder`, which is made where it is missing.

    Returns:
        The files written, in the cast's order. A persona without positions gets none.

    Raises:
        PersonaError: A file exists already (nothing is written then), or one cannot be written.
    """
    import yaml

    paths = {folder / f"{persona.id}.yaml": persona for persona in cast_.personas if persona.positions}
    if not paths:
        raise PersonaError("nobody in this thread argues anything, so there is no persona to write")
    present = [path for path in paths if path.exists()]
    if present:
        raise PersonaError(f"{str(present[0])!r} exists already; name an empty folder, so that no edits are lost")
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    about = {"motion": cast_.motion, "thread": cast_.thread_digest, "offsets": cast_.offsets}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, persona in paths.items():
            data = {**about, **persona.model_dump(mode="json")}
            text = yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100)
            path.write_text(_HEADER + text, encoding="utf-8", newline="\n")
    except OSError as exc:
        raise PersonaError(f"cannot write personas to {str(folder)!r}: {exc.strerror or exc}") from exc
    return tuple(paths)


def read_cast(folder: Path, thread: Thread | None = None, motion: str | None = None) -> Cast:
    """Read a folder of persona files.

    Args:
        folder: Holds one or more `.yaml` or `.yml` files.
        thread: Where given, every evidence has to be verbatim in the poster's own passages; places that an edit has
            shifted or left out are found again.
        motion: What the debate is about; as in the files where None.

    Returns:
        The cast, in the order in which the posters appear in the thread, else of the files' names.

    Raises:
        PersonaError: Names file and line: broken YAML, an unknown key, a wrong value, no positions, evidence that is
            not verbatim, an id used twice, files of different threads.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    except OSError as exc:
        raise PersonaError(f"cannot read the persona folder {str(folder)!r}: {exc.strerror or exc}") from exc
    if not paths:
        raise PersonaError(f"no persona files (*.yaml) in {str(folder)!r}; write some with: rejoinder personas --out")
    loaded = [_read_persona(path, thread) for path in paths]
    _refuse_doubles(loaded)
    first = loaded[0]
    for other in loaded[1:]:
        if thread is None and other.about.get("thread") != first.about.get("thread"):
            raise PersonaError(f"{str(other.path)!r} belongs to another thread than {str(first.path)!r}")
    if thread is not None:
        order = {post.id: place for place, post in enumerate(thread.posts)}
        loaded.sort(key=lambda one: min(order.get(post, len(order)) for post in one.persona.posts))
    return Cast(
        motion=motion or str(first.about.get("motion") or (thread and thread.title) or "the matter of this discussion"),
        offsets=thread.offsets if thread is not None else _offsets(first),
        thread_digest=thread.digest if thread is not None else str(first.about.get("thread") or ""),
        personas=tuple(one.persona for one in loaded),
    )


def _offsets(loaded: _Loaded) -> Literal["source", "post"]:
    value = loaded.about.get("offsets")
    if value not in ("source", "post"):
        raise PersonaError(f"{str(loaded.path)!r}: offsets must be 'source' or 'post', not {value!r}")
    return cast(Literal["source", "post"], value)


def _refuse_doubles(loaded: Sequence[_Loaded]) -> None:
    seen: dict[str, Path] = {}
    for one in loaded:
        if one.persona.id in seen:
            raise PersonaError(
                f"{str(one.path)!r}: the id {one.persona.id!r} is already used in {str(seen[one.persona.id])!r}"
            )
        seen[one.persona.id] = one.path


def _read_persona(path: Path, thread: Thread | None) -> _Loaded:
    document = _read_document(path)
    data = document.data
    if not isinstance(data, dict):
        raise PersonaError(f"{str(path)!r}: a persona file is a list of keys and values, with `id` and `positions`")
    about = {key: data.pop(key) for key in _ABOUT if key in data}
    if not data.get("positions"):
        raise PersonaError(
            f"{document.where(('positions',))}: a persona needs at least one position; "
            "delete the file to leave this person out"
        )
    if thread is not None:
        _locate_all(data, document, thread)
    _drop_dangling(data)
    try:
        persona = Persona.model_validate(data)
    except ValidationError as exc:
        raise PersonaError(_explain(exc, document)) from exc
    if not _ID.fullmatch(persona.id):
        raise PersonaError(
            f"{document.where(('id',))}: the id {persona.id!r} may hold only lower-case letters, digits and hyphens"
        )
    ids = [position.id for position in persona.positions]
    for place, position_id in enumerate(ids):
        if position_id in ids[:place]:
            raise PersonaError(f"{document.where(('positions', place))}: the position id {position_id!r} is used twice")
    return _Loaded(persona, about, path)


def _read_document(path: Path) -> LinedYaml:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PersonaError(f"{str(path)!r} is larger than {MAX_BYTES // 2**20} MB; that is no persona file")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise PersonaError(f"cannot read {str(path)!r}: {exc.strerror or exc}") from exc
    except UnicodeDecodeError as exc:
        raise PersonaError(f"{str(path)!r} is not UTF-8: bad byte at position {exc.start}") from exc
    return read_yaml(text, str(path), PersonaError)


def _locate_all(data: dict[str, Any], document: LinedYaml, thread: Thread) -> None:
    """Check every piece of evidence against the thread, and fill in or mend its place."""
    posts = data.get("posts")
    if not isinstance(posts, list) or not posts:
        raise PersonaError(f"{document.where(('posts',))}: name the ids of this person's posts")
    known = {post.id for post in thread.posts}
    for place, post_id in enumerate(posts):
        if post_id not in known:
            raise PersonaError(f"{document.where(('posts', place))}: the thread has no post {post_id!r}")
    if len({thread.post(post_id).author for post_id in posts}) > 1:
        raise PersonaError(f"{document.where(('posts',))}: these posts are not all by the same person")
    for loc, evidence in _evidence_in(data):
        found = find_evidence(thread, posts, evidence)
        if found is None:
            quoted = " ".join(str(evidence.get("text", "")).split())
            shown = quoted if len(quoted) <= 60 else quoted[:57] + "..."
            raise PersonaError(
                f"{document.where(loc)}: {shown!r} is not verbatim in this person's own words in the thread"
            )
        evidence.update(found)


def _evidence_in(data: Mapping[str, Any]) -> list[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Every mapping of a persona file that stands for evidence, with its place in the file."""
    found: list[tuple[tuple[str | int, ...], Any]] = [(("stance_evidence",), data.get("stance_evidence"))]
    found += [(("remarks", place), remark) for place, remark in enumerate(_list(data.get("remarks")))]
    for place, position in enumerate(_list(data.get("positions"))):
        listed = _list(position.get("evidence")) if isinstance(position, dict) else []
        found += [(("positions", place, "evidence", number), one) for number, one in enumerate(listed)]
    return [(loc, evidence) for loc, evidence in found if isinstance(evidence, dict)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _drop_dangling(data: dict[str, Any]) -> None:
    """A remark whose position was deleted by the editor belongs to none."""
    ids = {position.get("id") for position in _list(data.get("positions")) if isinstance(position, dict)}
    for remark in _list(data.get("remarks")):
        if isinstance(remark, dict) and remark.get("position_id") not in ids:
            remark.pop("position_id", None)


def _explain(error: ValidationError, document: LinedYaml) -> str:
    first = error.errors(include_url=False)[0]
    loc = first["loc"]
    place = document.where(loc)
    key = loc[-1] if loc else "persona"
    if first["type"] == "extra_forbidden":
        return f"{place}: unknown key {key!r}"
    if first["type"] == "missing":
        return f"{place}: the key {key!r} is missing"
    return f"{place}: {'.'.join(str(part) for part in loc)}: {first['msg']}"
