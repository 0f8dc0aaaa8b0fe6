"""`manage.py mailchimp_sandbox`: a Mailchimp on this machine, which sends nothing to anybody."""

import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaigns.mailchimp.sandbox.server import Sandbox

TICKS_EVERY = 0.5  # seconds


class Command(BaseCommand):
    """Answer until it is stopped."""

    help = (
        "Play Mailchimp on this machine: the API, an inbox with every email as it would arrive, and faults on demand. "
        "Nothing leaves this machine. What it holds stands in VAR_DIR/mailchimp-sandbox.json; delete it to begin anew."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port."""
        parser.add_argument("--port", type=int, default=getattr(settings, "SANDBOX_PORT", 8025))

    def handle(self, *_args: Any, port: int, **_options: Any) -> None:
        """Answer, and let time pass."""
        if not settings.DEMO_ALLOWED:
            raise CommandError("The sandbox is for trying things out, so production settings refuse it.")
        path = Path(settings.VAR_DIR) / "mailchimp-sandbox.json"
        try:
            sandbox = Sandbox(path=path, mail=Path(settings.EMAIL_FILE_PATH))
        except (ValueError, OSError) as error:
            raise CommandError(f"{path} cannot be read. Delete it: the sandbox then begins anew.") from error
        sandbox.lay_samples_once()
        try:
            sandbox.start(port)
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {port} cannot be had. Choose another, such as --port 8026.") from error
        self.stdout.write(f"The Mailchimp sandbox answers at {sandbox.base_url}/ and sends nothing. Ctrl-C stops it.")
        try:
            while not threading.Event().wait(TICKS_EVERY):
                sandbox.tick()
        except KeyboardInterrupt:
            sandbox.stop()
