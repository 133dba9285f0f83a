"""What an operator gets wrong is said in one line when the service starts, and nothing is served."""

import socket
import sqlite3
from pathlib import Path

import pytest

from tests.api.commands import rejoinder


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"REJOINDER_DATABASE_URL": "mysql://x"}, "no store in 'mysql'"),
        ({"REJOINDER_DATABASE_URL": "postgresql://me:secretpw@127.0.0.1:1/x"}, "the database cannot be used now"),
        ({"REJOINDER_DATABASE_URL": "nothing"}, "the database's address cannot be read"),
        ({"REJOINDER_DATABASE_URL": "sqlite:////proc/none/x.db"}, "cannot write"),
        ({"REJOINDER_MODELS_ALLOWED": "gpt"}, "REJOINDER_MODELS_ALLOWED cannot be used: it must be JSON"),
        ({"REJOINDER_MODELS_ALLOWED": '["gpt"]'}, "REJOINDER_MODELS_ALLOWED: 'gpt' cannot be understood"),
        ({"REJOINDER_MODEL": "gpt"}, "REJOINDER_MODEL='gpt' names no provider"),
        ({"REJOINDER_RUNNER": "workers"}, "workers need Postgres"),
    ],
)
def test_a_wrong_setting_is_one_line(tmp_path: Path, settings: dict[str, str], says: str) -> None:
    """The line names what is wrong, holds no password, and nothing was announced."""
    done = rejoinder("serve", "--port", "0", cwd=tmp_path, XDG_DATA_HOME=str(tmp_path), **settings)
    assert done.status == 1
    assert done.err.count("\n") == 1, done.err
    assert says in done.err
    assert "secretpw" not in done.err


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    """Nothing was announced that is not so."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = rejoinder("serve", "--port", port, cwd=tmp_path, XDG_DATA_HOME=str(tmp_path))
    assert done.status == 1
    assert f"cannot listen on '127.0.0.1', port {port}" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(("content", "says"), [(b"no database at all " * 40, "not a database"), (None, "version 999")])
def test_a_file_that_is_no_store_of_ours_is_left_alone(tmp_path: Path, content: bytes | None, says: str) -> None:
    """A broken file and one of a newer program stay as they are."""
    path = tmp_path / "x.db"
    if content is not None:
        path.write_bytes(content)
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE schema_versions (version INTEGER, applied_at_ms INTEGER)")
            connection.execute("INSERT INTO schema_versions VALUES (999, 0)")
        connection.close()
    done = rejoinder("serve", "--port", "0", cwd=tmp_path, REJOINDER_DATABASE_URL=f"sqlite:///{path}")
    assert done.status == 1
    assert says in done.err
    assert done.err.count("\n") == 1
    assert content is None or path.read_bytes() == content
