"""For every test: no connection leaves this machine, and none is timed: a busy machine fails nothing."""

import socket
from typing import Any

import pytest
from hypothesis import settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Any:
    """chrono never opens a connection. Only the driver of the test browser may talk to this machine itself."""
    connect = socket.socket.connect

    def refused(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"a connection to {address} was attempted")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refused)
        patch.setattr(socket.socket, "connect_ex", refused)
        yield
