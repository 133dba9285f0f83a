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
        *await _models(settings),
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


async def _models(settings: Settings) -> list[Finding]:
    """One finding for every endpoint of a model that is offered."""
    from api.catalogue import Catalogue
    from api.outages import knock

    try:
        offers = Catalogue(settings).offers
    except RejoinderError as error:
        return [Finding("model", False, str(error))]
    if not offers:
        return [Finding("model", True, "none set (REJOINDER_MODEL); debates speak in their posters' own words")]
    found = []
    for endpoint in dict.fromkeys(one.endpoint for one in offers):
        names = ", ".join(one.id for one in offers if one.endpoint == endpoint)
        if not endpoint.startswith("http"):
            found.append(Finding("model", True, f"{names} at {endpoint}; not asked here, since a call costs money"))
        elif (why := await knock(endpoint)) is None:
            found.append(Finding("model", True, f"{names}: something answers at {endpoint!r}"))
        else:
            setting = "REJOINDER_BASE_URL" if endpoint == settings.base_url else "REJOINDER_MODELS_ALLOWED"
            said = f"{names}: nothing answers at {endpoint!r} ({why}); start it, or correct {setting}"
            found.append(Finding("model", False, said))
    return found
