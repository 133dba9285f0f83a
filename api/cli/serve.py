"""`rejoinder serve` and `rejoinder keys`: the service over HTTP, and who may use it."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.addresses import Interface
    from api.web.classroom import Classroom

keys_app = typer.Typer(no_args_is_help=True, help="Keys of the service; needed where other machines can reach it.")


class ScopeChoice(StrEnum):
    """What a key is good for."""

    read = "read"
    run = "run"
    admin = "admin"


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("serve")(serve)
    app.command("worker")(worker)
    app.add_typer(keys_app, name="keys")


def serve(
    host: Annotated[
        str | None,
        typer.Option("--host", help="Address to bind to, 127.0.0.1 by default; any but this machine's own needs keys."),
    ] = None,
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="0: any free one.")] = 8000,
    delete_after: Annotated[
        float | None,
        typer.Option("--delete-after", min=0.001, metavar="DAYS", help="Delete threads and debates so long after."),
    ] = None,
    classroom: Annotated[
        bool,
        typer.Option("--classroom", help="Open to the local network; print a teacher's link and a code for pupils."),
    ] = False,
) -> None:
    """Serve threads, personas and debates over HTTP, and play every debate that is not finished.

    The interface is described at /v1/openapi.json. One server has a SQLite store; with Postgres there can be many, and
    `rejoinder worker` beside them.
    """
    from api.logs import set_up_logs
    from api.serving import serve as run
    from api.settings import read_settings

    settings = read_settings()
    if delete_after is not None:
        settings = settings.model_copy(update={"delete_after_days": delete_after})
    set_up_logs(as_json=settings.log_json, level=settings.log_level)
    if classroom:
        from api.serving import serve_classroom

        return serve_classroom(settings, host or "0.0.0.0", port, _announce)
    return run(
        settings,
        host or "127.0.0.1",
        port,
        lambda address: typer.echo(f"rejoinder serves {address} (Ctrl-C stops it)", err=True),
    )


def _announce(classroom: "Classroom") -> None:
    from api.addresses import own_interfaces

    typer.echo(announcement(classroom, own_interfaces()))
    typer.echo("Ctrl-C stops it. Started again it goes on where it stopped, with the same code.", err=True)


def announcement(classroom: "Classroom", interfaces: "Sequence[Interface]") -> str:
    """What a teacher needs in the first minute.

    Args:
        classroom: What was opened.
        interfaces: The addresses of this machine that phones may use.
    """
    host, _, port = classroom.address.removeprefix("http://").rpartition(":")
    lines = [
        f"Teacher, open once:  {classroom.teacher_link}",
        f"Pupils, open:        {classroom.address}/join",
        f"Code for pupils:     {classroom.code} (from the first debate on; the stage shows it with a picture to scan)",
        "",
    ]
    if is_own(host):
        lines += [
            "No phone can reach this yet: it is open to this computer only.",
            "  Connect it to the phones' Wi-Fi, or let it open a hotspot, and start again without --host.",
        ]
        return "\n".join(lines)
    lines += [
        "If phones cannot reach it:",
        "  - They must be in the same network as this computer. Guest networks often keep devices apart: use another",
        "    one, or let this computer or a phone open a hotspot that all join. No internet is needed.",
        f"  - A firewall must let TCP port {port} in (Windows and macOS ask at the first start: allow it; Linux, with",
        f"    ufw: sudo ufw allow {port}/tcp).",
    ]
    for one in interfaces:
        if one.address != host:
            name = f" ({one.name})" if one.name else ""
            lines.append(
                f"  - This computer is in another network too{name}: start with --host {one.address} for phones there."
            )
    return "\n".join(lines)


def is_own(host: str) -> bool:
    """Whether an address is this machine's loopback address."""
    from api.serving import is_loopback

    return is_loopback(host.strip("[]"))


def worker() -> None:
    """Play debates that servers create, on this machine or another; needs Postgres.

    Servers leave debates to workers with REJOINDER_RUNNER=workers. A worker that dies loses nothing: another one takes
    its debates over within half a minute.
    """
    import asyncio

    from api.logs import set_up_logs
    from api.settings import read_settings
    from language.errors import InputError

    settings = read_settings()
    set_up_logs(as_json=settings.log_json, level=settings.log_level)
    try:
        from api.worker import work
    except ModuleNotFoundError as error:
        raise InputError("workers need further packages: pip install 'rejoinder[postgres]'") from error
    asyncio.run(work(settings))


@keys_app.command("create")
def create_key(
    name: Annotated[str, typer.Argument(help="Whose it is; shown in lists and in the audit log.")],
    scope: Annotated[
        list[ScopeChoice] | None, typer.Option("--scope", help="read, run or admin; may be given again.")
    ] = None,
) -> None:
    """Make a key and print it, this once."""
    import asyncio
    import secrets

    from api.tokens import Token

    token = Token("key", f"k{secrets.token_hex(6)}")

    async def keep() -> None:
        from typing import get_args

        from api.settings import database_url, read_settings
        from transcripts.access import Access, Scope
        from transcripts.database import open_database

        wanted = {one.value for one in scope or [ScopeChoice.run]}
        scopes: tuple[Scope, ...] = tuple(one for one in get_args(Scope) if one in wanted)
        database = await open_database(database_url(read_settings()))
        try:
            await Access(database).add_key(token.id, name, token.hash, scopes)
        finally:
            await database.close()

    asyncio.run(keep())
    typer.echo(token.text)


@keys_app.command("list")
def list_keys() -> None:
    """List all keys, without their secret part."""
    import asyncio

    from transcripts.access import ApiKey

    async def read() -> list[ApiKey]:
        from api.settings import database_url, read_settings
        from transcripts.access import Access
        from transcripts.database import open_database

        database = await open_database(database_url(read_settings()))
        try:
            return await Access(database).list_keys()
        finally:
            await database.close()

    for key in asyncio.run(read()):
        state = "revoked" if key.revoked_at_ms is not None else "in force"
        typer.echo(f"{key.id}  {','.join(key.scopes):<16} {state:<9} {key.name}")


@keys_app.command("revoke")
def revoke_key(key_id: Annotated[str, typer.Argument(metavar="ID", help="As `rejoinder keys list` shows it.")]) -> None:
    """Make a key useless from now on."""
    import asyncio

    async def revoke() -> None:
        from api.settings import database_url, read_settings
        from transcripts.access import Access
        from transcripts.database import open_database

        database = await open_database(database_url(read_settings()))
        try:
            await Access(database).revoke_key(key_id)
        finally:
            await database.close()

    asyncio.run(revoke())
    typer.echo(f"revoked {key_id}", err=True)
