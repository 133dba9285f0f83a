"""Opening a classroom: what is printed, which addresses are told, what happens where the port is taken."""

import socket
from pathlib import Path

import pytest

from api.addresses import Interface, bound, own_address, own_interfaces
from api.cli.serve import announcement
from api.web.classroom import Classroom
from language.errors import InputError
from tests.api.classroom.browsing import ClassServer

WIFI = Interface("wlan0", "192.168.1.20")


def test_a_teacher_reads_all_that_is_needed_in_one_minute() -> None:
    """Address, link, code, and what to do when phones cannot reach it; the first three in lines of their own."""
    classroom = Classroom("http://192.168.1.20:8000", code="K7P2MX")
    told = announcement(classroom, [WIFI])
    head, rest = told.split("\n\n")
    assert [line.partition(":")[0] for line in head.splitlines()] == [
        "Teacher, open once",
        "Pupils, open",
        "Code for pupils",
    ]
    assert classroom.teacher_link in head
    assert "http://192.168.1.20:8000/join" in head
    assert "K7P2MX" in head
    for word in ("same network", "hotspot", "firewall", "port 8000", "ufw allow 8000/tcp"):
        assert word in rest
    assert "another network too" not in rest
    assert max(len(line) for line in rest.splitlines()) <= 120


def test_a_computer_in_several_networks_tells_its_other_addresses() -> None:
    """So that a teacher with cable and Wi-Fi finds the one that phones can reach."""
    told = announcement(Classroom("http://192.168.1.20:8000"), [WIFI, Interface("eth0", "10.0.0.5")])
    assert "another network too (eth0): start with --host 10.0.0.5" in told
    assert told.count("another network too") == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_a_computer_without_a_network_says_so(host: str) -> None:
    """Rather than print an address that no phone can open."""
    told = announcement(Classroom(f"http://{host}:8000"), [])
    assert "No phone can reach this yet" in told


def test_a_port_in_use_is_named_with_another_one_to_try() -> None:
    """In one line, without a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
        with (
            pytest.raises(InputError, match=rf"port {port}: another program .* try --port {port + 1}"),
            bound("127.0.0.1", port),
        ):
            pass


def test_an_address_of_another_computer_is_refused_with_ones_own() -> None:
    """What was typed, and what could have been."""
    with pytest.raises(InputError, match=r"does not have this address; it has"), bound("192.0.2.77", 0):
        pass


def test_the_own_addresses_are_addresses() -> None:
    """Whatever this machine has, it is printed as something that can be opened."""
    for address in (own_address(), *(one.address for one in own_interfaces())):
        assert socket.inet_aton(address)
    assert all(not one.address.startswith("127.") for one in own_interfaces())


def test_a_classroom_that_is_started_again_has_its_code_again(tmp_path: Path) -> None:
    """Whoever comes late after a crash joins by the code on the blackboard."""
    import httpx

    server = ClassServer(tmp_path)
    server.start()
    try:
        code = server.code
        with httpx.Client(base_url=server.url, follow_redirects=False, timeout=60) as teacher:
            assert teacher.get(server.teacher_link).status_code == 303
            thread = teacher.post("/classroom/example").json()["read"]["thread"]["id"]
            debate = teacher.post("/v1/debates", json={"thread": thread, "start_paused": True}).json()["id"]
            assert teacher.post(f"/classroom/debates/{debate}/code").json()["code"] == code
            server.kill()
            server.start()
            assert server.code == code
            assert (
                httpx.post(f"{server.url}/classroom/join", json={"code": code}, timeout=60).json()["debate_id"]
                == debate
            )
            assert teacher.get(f"/classroom/debates/{debate}/class").json()["code"] == code
    finally:
        server.kill()
