"""The proxy of docs/nginx.conf: what it speaks, what it passes on, and that no log of it holds a key."""

import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.urls import get_resolver

from cse_board.watching import SECRETS

CONF = (Path(__file__).resolve().parent.parent / "docs" / "nginx.conf").read_text("utf-8")
NGINX = shutil.which("nginx")
needs_nginx = pytest.mark.skipif(not NGINX, reason="needs nginx")
KEYS = re.compile(re.search(r"~(\^/\(answer\S+) 0;", CONF)[1])
SECRET = "1.0C7641OoUiDsAFtuvkiSwARrghoGhg"


def test_every_address_that_holds_a_key_is_left_out_of_the_logs():
    """Also one that is added later: what the site's own log blots out, the proxy writes nowhere."""
    addresses = {pattern for pattern, names in patterns() if {*SECRETS} & {*names}}
    assert addresses
    assert [address for address in addresses if not KEYS.match(f"/{address}")] == []


def patterns():
    """(the beginning of an address, the names of its parts) of every page."""
    for _, ways in get_resolver().reverse_dict.lists():
        for way in ways:
            yield from way[0]


class Site(BaseHTTPRequestHandler):
    """Says what reached it."""

    def do_GET(self):
        said = "\n".join(f"{name}: {value}" for name, value in self.headers.items()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *args):
        """Nothing is written down."""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """(its port for https, its port for http, the folder of its logs)."""
    folder = tmp_path_factory.mktemp("proxy")
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        ports = free_port(), free_port()
        with running(folder, settled(folder, ports, site.server_port)):
            wait_for(ports[0])
            yield *ports, folder
        site.shutdown()


def free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return found.getsockname()[1]


def settled(folder, ports, site):
    """The file of the documentation with a certificate, ports and folders of this machine."""
    subprocess.run(  # noqa: S603 (our own words)
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",  # noqa: S607
         "-subj", "/CN=localhost", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    conf = CONF.replace("listen 443", f"listen 127.0.0.1:{ports[0]}").replace(
        "listen 80", f"listen 127.0.0.1:{ports[1]}"
    )
    conf = conf.replace("127.0.0.1:8000", f"127.0.0.1:{site}").replace("/var/log/nginx", str(folder))
    conf = conf.replace("/etc/letsencrypt/live/TRACKER.EXAMPLE.GOV.UK", str(folder))
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"daemon off; pid {folder}/pid; events {{}} http {{ {paths}\n{conf} }}"


@contextmanager
def running(folder, conf):
    (folder / "nginx.conf").write_text(conf)
    command = [NGINX, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "start.log"]
    with subprocess.Popen(command) as process:  # noqa: S603 (our own words)
        yield
        process.terminate()


def wait_for(port):
    for _ in range(100):
        with closing(socket.socket()) as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def client(version=None, ciphers=None):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if ciphers:
        context.set_ciphers(ciphers)
    if version:
        context.minimum_version = context.maximum_version = version
    return context


def spoken(port, context):
    """(version, cipher) that both agree upon."""
    with socket.create_connection(("127.0.0.1", port)) as raw, context.wrap_socket(raw) as safe:
        return safe.version(), safe.cipher()[0]


@needs_nginx
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_it_speaks_what_is_safe_today(proxy, version):
    name, cipher = spoken(proxy[0], client(version))
    assert name.replace(".", "_") == version.name
    assert any(each in cipher for each in ("GCM", "CHACHA20"))


@needs_nginx
def test_it_chooses_the_strongest_that_the_other_side_knows(proxy):
    weaker_first = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384"
    assert spoken(proxy[0], client(ssl.TLSVersion.TLSv1_2, weaker_first))[1] == "ECDHE-ECDSA-AES256-GCM-SHA384"


@needs_nginx
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_it_speaks_nothing_older(proxy, version):
    with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"):
        spoken(proxy[0], client(version, "ALL:@SECLEVEL=0"))


@needs_nginx
@pytest.mark.parametrize(
    "cipher", ["AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "DHE-RSA-AES128-SHA"]
)
def test_it_takes_no_cipher_without_forward_secrecy_and_proof(proxy, cipher):
    with pytest.raises(ssl.SSLError, match="HANDSHAKE_FAILURE"):
        spoken(proxy[0], client(ssl.TLSVersion.TLSv1_2, f"{cipher}:@SECLEVEL=0"))


def asked(port, path, **headers):
    with closing(HTTPSConnection("127.0.0.1", port, context=client())) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@needs_nginx
def test_what_visitors_say_of_themselves_is_dropped(proxy):
    _, told = asked(
        proxy[0], "/", **{"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "http", "X-Request-ID": "mine"}
    )
    assert "X-Forwarded-For: 127.0.0.1" in told
    assert "X-Forwarded-Proto: https" in told
    assert "192.0.2.1" not in told
    assert "mine" not in told


@needs_nginx
def test_no_log_holds_a_key(proxy):
    asked(proxy[0], f"/answer/{SECRET}/")
    asked(proxy[0], "/static/app.css", Referer=f"https://localhost/answer/{SECRET}/")
    asked(proxy[0], f"/sign-in/council/back/?code={SECRET}")
    logs = [path.read_text() for path in proxy[2].glob("*.log")]
    assert any("/static/app.css" in log for log in logs)
    assert not any(SECRET in log for log in logs)


@needs_nginx
@pytest.mark.parametrize(("path", "status"), [("/calendar/x.ics", 404), ("/people/", 301)])
def test_over_http_only_people_are_led_on(proxy, path, status):
    """A program would send its key in the clear for ever, and never notice."""
    with closing(HTTPConnection("127.0.0.1", proxy[1])) as connection:
        connection.request("GET", path)
        assert connection.getresponse().status == status


@needs_nginx
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_monitors_ask_is_not_the_worlds(proxy, path):
    assert asked(proxy[0], path)[0] == 404
