"""Writing facts into a sheet's file: checked first, whole or not at all, the curator's comments kept."""

import codecs
import json
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from debate.referee.curation import as_yaml
from debate.referee.facts import Fact
from debate.referee.sheets import parse_sheet
from language.errors import SheetError

_FACTS_KEY = re.compile(r"^facts:[ \t]*(?P<inline>\[\s*\]|null|~)?[ \t]*(?:#.*)?$", re.MULTILINE)
_OTHER_KEY = re.compile(r"^[A-Za-z_]+:", re.MULTILINE)


def add_facts(path: Path, facts: Sequence[Fact]) -> None:
    """Append facts to a sheet.

    Raises:
        SheetError: The sheet cannot be read or written, or would break a rule; the file is as it was.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as exc:
        raise SheetError(f"cannot read the fact sheet {str(path)!r}: {exc.strerror or exc}") from exc
    except UnicodeDecodeError as exc:
        raise SheetError(f"{path.name}: byte {exc.start} is not UTF-8; save the sheet as UTF-8") from exc
    if not facts:
        return
    text = text.replace("\r\n", "\n")
    changed = _in_json(text, facts) if text.lstrip().startswith("{") else _in_yaml(text, facts, path.name)
    parse_sheet(changed.encode(), path.name)
    # As the curator's editor wrote it: a byte order mark and the ends of lines stay.
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    _replace(path, mark + (changed.replace("\n", "\r\n") if b"\r\n" in data else changed).encode())


def _in_json(text: str, facts: Sequence[Fact]) -> str:
    raw = json.loads(text)
    raw["facts"] = [*(raw.get("facts") or ()), *(fact.model_dump(mode="json", exclude_defaults=True) for fact in facts)]
    return json.dumps(raw, ensure_ascii=False, indent=2) + "\n"


def _in_yaml(text: str, facts: Sequence[Fact], name: str) -> str:
    found = _FACTS_KEY.search(text)
    if not found:
        raise SheetError(f"{name}: no list 'facts' in block style to add to; add the facts by hand")
    if _OTHER_KEY.search(text, found.end()):
        raise SheetError(f"{name}: 'facts' must be the last key of a sheet that facts are added to")
    lines = as_yaml(facts)
    first = re.search(r"^( *)- ", text[found.end() :], re.MULTILINE)
    if first and first[1] != "  ":
        lines = "".join(f"{first[1]}{line[2:]}\n" for line in lines.splitlines())
    head = text if not found["inline"] else f"{text[: found.start()]}facts:{text[found.end() :]}"
    return head.rstrip("\n") + "\n" + lines


def _replace(path: Path, data: bytes) -> None:
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(draft, path.stat().st_mode & 0o777)
        os.replace(draft, path)
    except OSError as exc:
        raise SheetError(f"cannot write {str(path)!r}: {exc.strerror or exc}") from exc
