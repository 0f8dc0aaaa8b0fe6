"""What the tests of campaigns share: a Mailchimp on this machine."""

import pytest

from campaigns.mailchimp import transport
from campaigns.mailchimp.sandbox.server import Sandbox

KEY = "0123456789abcdef0123456789abcdef-us1"


@pytest.fixture
def mailchimp_sandbox(settings, monkeypatch):
    """Return a sandbox that answers on this machine, empty, and name it in the settings.

    `.faults.add(kind, method=..., path=...)` asks for faults, `.sends` counts what really went, `.state` is what it
    remembers; `.tick()` lets happen what time brings. An email is sent as soon as it is asked about again.
    """
    sandbox = Sandbox()
    sandbox.state.sending_takes = 0
    sandbox.start()
    settings.MAILCHIMP_API_KEY, settings.MAILCHIMP_BASE_URL = KEY, sandbox.base_url
    settings.MAILCHIMP_TIMEOUT = (2.0, 5.0)
    monkeypatch.setattr(transport, "BACK_OFF", (0.0, 0.0))
    yield sandbox
    sandbox.stop()
