"""What may be wrong with an installation, and what to do about it."""

import asyncio
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from api.settings import Settings, database_url, read_settings
from language.errors import RejoinderError

LEAST_FREE_MB = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    what: str
    ok: bool
    said: str


async def check_all() -> list[Finding]:
    """Check everything that a service needs.

    Raises:
        InputError: A setting cannot be used.
    """
    settings = read_settings()
    return [
        await _database(settings),
        _disk(settings),
        await asyncio.to_thread(_sheet, settings),
        await _model(settings),
    ]


async def _database(settings: Settings) -> Finding:
    from transcripts.database import open_database
    from transcripts.migrations import LATEST
    from transcripts.store import Store

    try:
        started_s = time.perf_counter()
        database = await open_database(database_url(settings))
        try:
            debates = sum((await Store(database).counts()).values())
        finally:
            await database.close()
    except RejoinderError as error:
        return Finding("database", False, f"{error}; see REJOINDER_DATABASE_URL")
    took_ms = (time.perf_counter() - started_s) * 1000
    return Finding("database", True, f"{database.url}, schema {LATEST}, {debates} debates, {took_ms:.0f} ms")


def _disk(settings: Settings) -> Finding:
    url = database_url(settings)
    folder = Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite:///") else Path.cwd()
    while not folder.exists():
        folder = folder.parent
    free_mb = shutil.disk_usage(folder).free / 1e6
    advice = "" if free_mb >= LEAST_FREE_MB else f"; free at least {LEAST_FREE_MB} MB, a full disk stops every debate"
    return Finding("disk", free_mb >= LEAST_FREE_MB, f"{free_mb:,.0f} MB free in {str(folder)!r}{advice}")


def _sheet(settings: Settings) -> Finding:
    if settings.facts is None:
        return Finding("fact sheet", True, "none set (REJOINDER_FACTS); each debate names its own")
    from api.wiring import load_sheet

    try:
        sheet = load_sheet(settings.facts)
    except RejoinderError as error:
        return Finding("fact sheet", False, str(error))
    return Finding("fact sheet", True, f"{sheet.title}, version {sheet.version}, {len(sheet.facts)} facts")


async def _model(settings: Settings) -> Finding:
    if settings.model is None:
        return Finding("model", True, "none set (REJOINDER_MODEL); debates speak in their posters' own words")
    if settings.base_url is None:
        return Finding("model", True, f"{settings.model} at its provider; not asked here, since a call costs money")
    from urllib.parse import urlsplit

    parts = urlsplit(settings.base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(parts.hostname, port), 5)
        writer.close()
    except (OSError, TimeoutError) as error:
        said = f"nothing answers at {settings.base_url!r} ({error or 'no answer in 5 s'}); start it, or correct"
        return Finding("model", False, f"{said} REJOINDER_BASE_URL")
    return Finding("model", True, f"{settings.model}: something answers at {settings.base_url!r}")
