"""Under which addresses other machines of the network may reach this one."""

import contextlib
import errno
import socket
import struct
import sys
from collections.abc import Iterator
from typing import NamedTuple

from language.errors import InputError

LOOPBACK = "127.0.0.1"
_VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "tap", "utun", "wg", "zt", "tailscale")
"""Beginnings of the names of interfaces that lead to no phone in a classroom."""
_SIOCGIFADDR = 0x8915  # Linux: the IPv4 address of an interface (netdevice(7))


class Interface(NamedTuple):
    """An address of this machine and the name of its interface."""

    name: str
    address: str


def own_address() -> str:
    """This machine's address in the local network; its loopback address where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent; the system only chooses the way out (RFC 5737 address)
            return str(probe.getsockname()[0])
        except OSError:
            others = own_interfaces()
            return others[0].address if others else LOOPBACK


def own_interfaces() -> list[Interface]:
    """This machine's IPv4 addresses that others in its network may use."""
    found = _by_interface() if sys.platform == "linux" else _by_name()
    return [one for one in found if not one.address.startswith("127.") and not one.name.startswith(_VIRTUAL)]


def _by_interface() -> list[Interface]:
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # it has no address
                told = fcntl.ioctl(asking, _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append(Interface(name, socket.inet_ntoa(told[20:24])))
    return found


def _by_name() -> list[Interface]:
    with contextlib.suppress(OSError):
        told = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET, socket.SOCK_STREAM)
        return [Interface("", address) for address in dict.fromkeys(str(one[4][0]) for one in told)]
    return []


@contextlib.contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens.

    Raises:
        InputError: It cannot; says what to do instead.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise InputError(f"cannot listen on {host!r}, port {port}: {_why(error, port)}") from error
    with listening:
        yield listening


def _why(error: OSError, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            other = port + 1 if port < 65535 else 8000
            return f"another program uses this port, perhaps another rejoinder; try --port {other}"
        case errno.EACCES:
            return "ports below 1024 are the system's; try --port 8000"
        case errno.EADDRNOTAVAIL:
            have = ", ".join(one.address for one in own_interfaces()) or "none but its own"
            return f"this computer does not have this address; it has {have}"
        case _:
            return error.strerror or str(error)
