"""A mail server of a few lines that answers as a test tells it to."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class MailServer:
    """What was accepted, and the answers still to give: ``answers[command]`` is used up one by one, then 250.

    An answer of "drop" closes the connection without a word. ``hold`` is waited for before a message is accepted.
    """

    port: int = 0
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    hold: Callable[[], object] = lambda: None

    def answer(self, command: str, usual: str) -> str:
        """Return the next answer to ``command``."""
        waiting = self.answers.get(command)
        return waiting.pop(0) if waiting else usual

    @property
    def message_ids(self) -> list[str]:
        """The Message-IDs accepted, in order."""
        return [message["Message-ID"] for message in self.messages]


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        """Speak SMTP until the client leaves or the script says "drop"."""
        server: MailServer = self.server.mail
        sender, recipients = "", []
        said = self.say(server.answer("hello", "220 ready"))
        while said and (line := self.rfile.readline().decode().strip()):
            command = line.split(" ")[0].upper()
            if command == "MAIL":
                sender, recipients = line.partition(":<")[2].partition(">")[0], []
                said = self.say(server.answer("MAIL", "250 ok"))
            elif command == "RCPT":
                answer = server.answer("RCPT", "250 ok")
                if answer.startswith("250"):
                    recipients.append(line.partition(":<")[2].partition(">")[0])
                said = self.say(answer)
            elif command == "DATA":
                said = self.data(server, sender, recipients)
            elif command == "QUIT":
                self.say(server.answer("QUIT", "221 bye"))
                return
            else:
                said = self.say("250 ok")

    def data(self, server: MailServer, sender: str, recipients: list[str]) -> bool:
        if not self.say("354 go on"):
            return False
        lines = iter(self.rfile.readline, b".\r\n")
        body = b"".join(line.removeprefix(b".") for line in lines)
        server.hold()
        answer = server.answer("DATA", "250 taken")
        if answer.startswith("250") or answer == "drop after taking":
            server.envelopes.append((sender, recipients))
            server.messages.append(message_from_bytes(body))
        return self.say(answer)

    def say(self, answer: str) -> bool:
        """Answer, or break the connection; tell which."""
        if answer.startswith("drop"):
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return True


class Threads(socketserver.ThreadingTCPServer):
    """A thread a connection."""

    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """Say nothing of a client that was killed."""


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a server on a free port of this machine."""
    with Threads(("127.0.0.1", 0), Conversation) as threads:
        threads.mail = MailServer(port=threads.server_address[1])
        thread = threading.Thread(target=threads.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield threads.mail
        threads.shutdown()
        thread.join()
