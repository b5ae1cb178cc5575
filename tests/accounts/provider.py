"""A real OpenID provider on loopback, in a thread: it asks who one is and believes it."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.parse import urlsplit

import requests
from django.urls import reverse
from oidc_provider_mock import run_server_in_thread

from tests.views.pages import Page


class Council:
    def __init__(self, server):
        self.issuer = f"http://localhost:{server.server_port}"

    def knows(self, subject, **claims):
        """From now on it says this of whoever signs in there as `subject`."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def sends_back(self, client, subject, start=""):
        """Where the browser is sent after `subject` signed in there."""
        there = client.get(reverse("council") + start)["Location"]
        answer = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=5)
        address = urlsplit(answer.headers["Location"])
        return f"{address.path}?{address.query}"

    def sign_in(self, client, subject, start=""):
        """The page that it comes to in the end."""
        return Page(client.get(self.sends_back(client, subject, start), follow=True))


def running():
    return run_server_in_thread()


@contextmanager
def referring_elsewhere():
    """Another one, which answers every question with "ask there"; `asked` are the addresses that it was asked for."""
    asked = []

    class Referring(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/there")
            self.end_headers()

        def log_message(self, *args):
            """Nothing is written down."""

    with HTTPServer(("127.0.0.1", 0), Referring) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield SimpleNamespace(issuer=f"http://localhost:{server.server_port}", asked=asked)
        server.shutdown()
