"""PDFs are read in a process of their own: what one of them does to it, the next does not feel."""

import io
import json
import resource
import signal
import threading
from pathlib import Path

import pytest

from recommendations.minutes import pdf_apart, refusals
from recommendations.minutes.refusals import Unreadable
from tests.minutes import papers

PAGE = papers.pdf([[(72, 700, "One.")]])


@pytest.fixture
def reader():
    """A process of its own for the test, ended after it."""
    reader = pdf_apart._Reader()
    yield reader
    reader.end()


def message(data):
    stream = io.BytesIO()
    pdf_apart._send(stream, data)
    return stream.getvalue()


def served(*files):
    answers = io.BytesIO()
    pdf_apart.serve(io.BytesIO(b"".join(map(message, files))), answers)
    answers.seek(0)
    assert pdf_apart._receive(answers) == b"ready"
    return [json.loads(pdf_apart._receive(answers)) for _ in files]


def test_one_file_after_another_is_answered():
    assert [answer["paragraphs"] for answer in served(PAGE, PAGE)] == [[["One."]], [["One."]]]


def test_a_refusal_is_an_answer():
    assert served(b"%PDF-")[0]["refusal"] == refusals.BROKEN_PDF


def test_a_message_cut_short_is_no_message():
    with pytest.raises(EOFError):
        pdf_apart._receive(io.BytesIO(message(b"minutes")[:-1]))


def test_the_process_is_kept_for_the_next_file(reader):
    reader.answer_to(PAGE)
    kept = reader.process
    reader.answer_to(PAGE)
    assert reader.process is kept


def test_a_process_that_grew_is_not_kept(reader, monkeypatch):
    monkeypatch.setattr(pdf_apart, "MOST_KEPT", 1)
    reader.answer_to(PAGE)
    assert reader.process is None


def test_what_a_large_parent_holds_is_not_counted(reader):
    ballast = bytearray(b"x") * (pdf_apart.MOST_KEPT + 1)
    reader.answer_to(PAGE)
    assert reader.process is not None
    del ballast


def test_elsewhere_than_on_linux_the_library_of_python_counts(monkeypatch):
    monkeypatch.setattr(pdf_apart, "Path", lambda name: Path("no-such-folder"))
    assert pdf_apart._most_used() == resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_the_process_gives_up_what_it_does_not_need(monkeypatch):
    limits = {}
    monkeypatch.setattr(resource, "setrlimit", lambda kind, most: limits.update({kind: most}))
    pdf_apart._within_limits(5)
    assert limits.pop(resource.RLIMIT_AS) == (5, 5)
    assert set(limits.values()) == {(0, 0)}


def test_a_file_that_takes_too_long_is_refused(reader, monkeypatch):
    monkeypatch.setattr(pdf_apart, "MOST_SECONDS", 0.1)
    reader.begin()
    # Held still, it never answers, however quick the machine.
    reader.process.send_signal(signal.SIGSTOP)
    with pytest.raises(Unreadable, match="more time or memory"):
        reader.answer_to(PAGE)


def test_a_file_that_unpacks_without_end_is_refused(reader, monkeypatch):
    monkeypatch.setattr(pdf_apart, "MOST_MEMORY", 300 << 20)
    with pytest.raises(Unreadable, match="more time or memory"):
        reader.answer_to(papers.bomb())


def test_a_process_that_does_not_begin_is_no_fault_of_the_file(reader, monkeypatch):
    monkeypatch.setattr(pdf_apart, "MOST_MEMORY", "no number")
    with pytest.raises(RuntimeError, match="cannot be read here"):
        reader.answer_to(PAGE)


def test_after_a_file_that_ended_the_process_the_next_is_read(reader):
    reader.answer_to(PAGE)
    reader.process.kill()
    reader.process.wait()
    assert reader.answer_to(PAGE)["paragraphs"] == [["One."]]


def test_a_forked_process_begins_its_own(reader):
    reader.answer_to(PAGE)
    parents = reader.process
    reader.forget()
    assert reader.answer_to(PAGE)["paragraphs"] == [["One."]]
    assert reader.process is not parents
    parents.communicate()


def test_clerks_who_add_files_at_once_get_their_own(reader):
    pages = [papers.pdf([[(72, 700, f"Page {number}.")]]) for number in range(8)]
    answers = [None] * len(pages)

    def ask(number):
        answers[number] = reader.answer_to(pages[number])["paragraphs"]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(pages))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [[[f"Page {number}."]] for number in range(len(pages))]
