"""What every test runs under."""

import os

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

FORBID_SWITCH = "REJOINDER_FORBID_MODEL_REQUESTS"

# Set before any test module is imported: no test may ask a real model, whatever keys the environment holds.
os.environ[FORBID_SWITCH] = "1"


@pytest.fixture
def loopback_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allows model requests to this machine's own loopback, for tests that start a fake endpoint themselves."""
    monkeypatch.setenv(FORBID_SWITCH, "remote")
