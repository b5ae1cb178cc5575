"""The council's virus scanner is asked about every file, and none is taken while it says nothing. A real socket answers."""

import socketserver
import threading

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from recommendations import urls  # noqa: F401 (all forms are known once all pages are)
from recommendations.virus_scanner import must_be_clean

SENT = []


class Scanner(socketserver.StreamRequestHandler):
    """As clamd answers: its manual calls this INSTREAM."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            data += self.rfile.read(length)
        SENT.append(data)
        told = {b"virus": "Eicar-Test-Signature FOUND", b"large": "INSTREAM size limit exceeded. ERROR"}
        self.wfile.write(f"stream: {told.get(data[:5], 'OK')}\0".encode())


@pytest.fixture(params=["path", "port"])
def scanner(request, settings, tmp_path):
    if request.param == "path":
        server = socketserver.UnixStreamServer(str(tmp_path / "clamd"), Scanner)
        settings.CLAMD = str(tmp_path / "clamd")
    else:
        server = socketserver.TCPServer(("127.0.0.1", 0), Scanner)
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    SENT.clear()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def upload(data):
    return SimpleUploadedFile("notes.txt", data)


def test_a_clean_file_is_taken_whole(scanner):
    file = upload(b"Notes. " * 400_000)
    must_be_clean(file)
    assert (SENT, file.read()) == ([b"Notes. " * 400_000], b"Notes. " * 400_000)


@pytest.mark.parametrize(("data", "words"), [(b"virus", "found something"), (b"large", "none is taken")])
def test_what_the_scanner_does_not_call_clean_is_refused(scanner, data, words, caplog):
    with pytest.raises(ValidationError, match=words):
        must_be_clean(upload(data))
    assert "stream: " in caplog.text


@pytest.mark.parametrize("address", ["/nowhere/clamd", "127.0.0.1:1"])
def test_no_file_is_taken_while_the_scanner_is_away(settings, address, caplog):
    settings.CLAMD = address
    with pytest.raises(ValidationError, match="none is taken"):
        must_be_clean(upload(b"Notes."))
    assert "did not say whether a file is clean" in caplog.text


def test_without_a_scanner_nobody_is_asked(settings):
    assert settings.CLAMD == ""
    must_be_clean(upload(b"Notes."))


def forms_of_all_kinds(kind=forms.BaseForm):
    for each in kind.__subclasses__():
        yield each
        yield from forms_of_all_kinds(each)


def test_every_door_for_files_asks():
    doors = {
        (form.__name__, name): field
        for form in forms_of_all_kinds()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.FileField) and form.__module__.startswith("recommendations.")
    }
    assert len(doors) >= 5
    assert [name for name, field in doors.items() if must_be_clean not in field.validators] == []
