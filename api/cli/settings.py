"""`rejoinder settings`: every setting, what it means and what it is now."""

import json
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("settings")(list_settings)


def list_settings(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the settings: environment variables, what they mean, and their present values."""
    from api.settings import Settings, read_settings

    present = read_settings()
    rows = {
        f"REJOINDER_{name.upper()}": {
            "meaning": field.description,
            "value": None if (value := getattr(present, name)) is None else str(value),
        }
        for name, field in Settings.model_fields.items()
    }
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    for name, row in rows.items():
        typer.echo(f"{name}={row['value'] if row['value'] is not None else ''}")
        typer.echo(f"    {row['meaning']}")
