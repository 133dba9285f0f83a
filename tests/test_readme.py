"""Every command in the README works as written."""

import re
import shlex
from pathlib import Path

import pytest

from tests.api.commands import ROOT, rejoinder

README = (ROOT / "README.md").read_text(encoding="utf-8")


def console_commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    """The README's commands, one after the other in one folder beside the examples, all succeed."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    commands = console_commands()
    assert len(commands) >= 8
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "rejoinder", command
        outcome = rejoinder(*arguments, cwd=tmp_path)
        assert outcome.status == 0, f"{command}: {outcome.err}"
        assert outcome.out or outcome.err, f"{command} printed nothing"


def test_the_two_commands_and_the_picture_are_there() -> None:
    """The first screen names `make demo`, `make test` and shows a picture that exists."""
    first_screen = "\n".join(README.splitlines()[:30])
    assert "make demo" in first_screen
    assert "make test" in first_screen
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", first_screen)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file()


@pytest.mark.parametrize("name", re.findall(r"\]\(([^)#]+)\)", README))
def test_every_link_leads_somewhere(name: str) -> None:
    """No link of the README is dead."""
    assert name.startswith("https://") or (ROOT / name).exists()
