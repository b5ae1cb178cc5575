"""A mail server on loopback: it keeps what it is given, or refuses, puts off or hangs up as it is told."""

import socket
from collections import defaultdict
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

HANG_UP = "hang up"


class Post:
    """`answers[address]` are given to that recipient one after the other; afterwards it is served."""

    def __init__(self):
        self.answers = defaultdict(list)
        self.sender_answer = ""
        self.messages = []

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.place = free.getsockname()
        self.controller = Controller(self, hostname=self.place[0], port=self.place[1])
        self.controller.start()
        return self

    def __exit__(self, *failure):
        self.controller.stop()

    # What aiosmtpd asks

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.sender_answer:
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers[address] and self.answers[address][0] != HANG_UP:
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        [address] = envelope.rcpt_tos
        if self.answers[address]:
            self.answers[address].pop(0)
            server.transport.abort()
        else:
            self.messages.append((address, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"

    # What a test asks

    @property
    def recipients(self):
        return sorted(address for address, _ in self.messages)

    def message_to(self, address):
        [message] = [message for to, message in self.messages if to == address]
        return message
