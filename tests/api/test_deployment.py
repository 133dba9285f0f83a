"""The container and compose files hold together with the product, as far as can be told without a container engine."""

import re
from pathlib import Path

import yaml
from typer.testing import CliRunner

from api.cli.main import app
from api.settings import Settings

ROOT = Path(__file__).parents[2]
CONTAINERFILE = (ROOT / "deploy" / "Containerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())


def test_everything_that_is_copied_exists() -> None:
    """Each COPY of the build names files of this repository, and every package of the wheel is among them."""
    copied = [
        word for line in re.findall(r"^COPY (?!--)(.+)$", CONTAINERFILE, re.MULTILINE) for word in line.split()[:-1]
    ]
    assert [one for one in copied if not (ROOT / one).exists()] == []
    assert {"language", "personas", "debate", "transcripts", "api", "requirements.lock"} <= set(copied)


def test_commands_and_settings_exist() -> None:
    """What containers run are commands of the product, and what they set are settings of it."""
    for service in ("api", "worker"):
        command = COMPOSE["services"][service].get("command", ["serve"])[0]
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0
        for name in COMPOSE["services"][service]["environment"]:
            assert name.removeprefix("REJOINDER_").lower() in Settings.model_fields, name
    assert '"serve"' in CONTAINERFILE


def test_the_container_is_no_root_and_holds_no_secret() -> None:
    """The image runs as a user of its own, and no file has a password in it."""
    last_user = re.findall(r"^USER (\S+)$", CONTAINERFILE, re.MULTILINE)[-1]
    assert last_user != "root"
    assert re.search(r"^HEALTHCHECK ", CONTAINERFILE, re.MULTILINE)
    passwords = re.findall(r"PASSWORD: (\S+)", (ROOT / "deploy" / "compose.yaml").read_text())
    assert passwords
    assert all(one.startswith("${REJOINDER_POSTGRES_PASSWORD:?") for one in passwords)


def test_services_that_are_depended_on_say_when_they_are_ready() -> None:
    """Whoever waits for a service to be healthy waits for one with a health check."""
    for service in COMPOSE["services"].values():
        for name in service.get("depends_on", {}):
            assert "healthcheck" in COMPOSE["services"][name]
