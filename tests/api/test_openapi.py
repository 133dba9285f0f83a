"""The service keeps to its own description, whatever is sent to it; and the example client works."""

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from benchmarks.survival import Process, free_port, wait_until_ready

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """A running service with scripted speakers."""
    port = free_port()
    environment = {
        "REJOINDER_DATABASE_URL": f"sqlite:///{tmp_path}/rejoinder.db",
        "REJOINDER_REQUESTS_PER_MINUTE": "1000000000",
    }
    process = Process(["-m", "benchmarks.scripted_service", str(port), "0", "0"], environment)
    await process.start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        await wait_until_ready(client)
    yield f"http://127.0.0.1:{port}"
    await process.end()


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "HOME": "/tmp", **environment},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def test_every_answer_is_as_described(address: str, tmp_path: Path) -> None:
    """Schemathesis finds no failure with all its checks, stateful ones among them."""
    done = run(
        *("-m", "schemathesis.cli", "--config-file", str(ROOT / "tests" / "api" / "schemathesis.toml")),
        *("run", f"{address}/v1/openapi.json", "--checks", "all", "--max-examples", "4", "--seed", "7"),
        *("--phases", "examples,coverage,fuzzing,stateful", "--no-color", "--generation-database", "none"),
        cwd=tmp_path,
        HOME=str(tmp_path),
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_curl_line_of_the_docs_streams_a_debate(address: str) -> None:
    """The line as it stands in the documentation starts a debate and shows it to its end."""
    line = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "service.md").read_text(encoding="utf-8"), re.DOTALL)[0]
    assert "http://127.0.0.1:8000" in line
    line = line.replace("http://127.0.0.1:8000", address)
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert "This is turn 1" in done.stdout
    assert '"reason":"completed"' in done.stdout


def test_the_example_client_prints_a_debate(address: str) -> None:
    """The client of the examples, which needs only Python, starts a debate and prints it to its end."""
    done = run("examples/client.py", "examples/politburo/thread.txt", REJOINDER_URL=address)
    assert done.returncode == 0, done.stderr
    assert "(simulated): This is turn 1" in done.stdout
    assert done.stdout.rstrip().endswith("The debate ended: completed.")
    assert len((ROOT / "examples" / "client.py").read_text().splitlines()) < 60


async def test_headers_without_end_are_cut_off(address: str) -> None:
    """Whoever sends headers on and on is cut off after a while; whoever sends a usual request is not."""
    _, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: ")

    async def send(many: int) -> None:
        for _ in range(many):
            writer.write(b"a" * 10_000)
            await writer.drain()

    with pytest.raises(ConnectionError):
        await send(5_000)
    writer.close()
    async with httpx.AsyncClient(base_url=address) as client:
        for _ in range(2):
            assert (await client.get("/healthz", headers={"X-Long": "a" * 20_000})).status_code == 200
