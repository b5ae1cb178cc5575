"""Minutes from a folder: each file a draft, whatever the others are; stopped and run again, it goes on where it was."""

import io
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from recommendations.management.commands import import_minutes
from recommendations.models import MinutesDraft
from tests.minutes import samples

ROOT = Path(__file__).resolve().parents[2]


def minutes_of(number):
    """Minutes that differ from all others."""
    return samples.TEXT.replace("MISSING FROM HOME", f"OF WARD {number}").replace("by a third", f"to {number}")


@pytest.fixture
def folder(tmp_path):
    """Two folders, one in the other, with files to read, to refuse, and to pass over."""
    below = tmp_path / "minutes" / "2014"
    below.mkdir(parents=True)
    (below.parent / "a.txt").write_text(minutes_of(1))
    (below / "b.html").write_text("".join(f"<p>{line or '&nbsp;'}</p>" for line in minutes_of(2).split("\n")))
    (below / "same as a.txt").write_text(minutes_of(1).upper())
    (below / "scan.png").write_bytes(b"\x89PNG" + b"\0" * 50)
    (below / "~$b.docx").write_bytes(b"Somebody has this open in Word.")
    (below / ".hidden").write_text("Not for us.")
    return below.parent


@pytest.fixture
def run(board):
    """What the command says on standard output."""

    def run(*paths, **options):
        out = io.StringIO()
        call_command("import_minutes", *map(str, paths), board="SCSB", stdout=out, **options)
        return out.getvalue()

    return run


def test_every_file_of_a_folder_becomes_a_draft_without_date_and_number(run, folder, board):
    run(folder)
    made = MinutesDraft.objects.order_by("id")
    assert [(one.file_name, one.board, one.held_on) for one in made] == [
        ("a.txt", board, None),
        ("b.html", board, None),
    ]


def test_a_plain_line_tells_of_each_file_where_nobody_watches(run, folder):
    lines = run(folder).split("\n")
    assert lines[0].startswith("a.txt: draft ")
    assert lines[1].startswith("b.html: draft ")
    assert lines[2].startswith("same as a.txt: seen before as draft ")
    assert lines[3] == "scan.png: This is not text: save the minutes as .docx, .html, .pdf or .txt and try again."


def test_it_ends_with_a_report(run, folder):
    said = run(folder)
    assert "Files: 4. Read: 3. Drafts made: 2.\nDoubtful, the most doubtful first: 2.\n" in said
    assert "1 item without a number" in said
    assert "Skipped, because they were seen before: 1.\n  same as a.txt: seen before as draft" in said
    assert "Refused: 1.\n  scan.png: This is not text" in said


def test_the_most_doubtful_come_first_with_their_number(run, tmp_path):
    (tmp_path / "a.txt").write_text(minutes_of(1))
    (tmp_path / "b.txt").write_text(minutes_of(2) + "\n\nKarl Mittelstadt, ?Partnership Manager\n\nqwz\n")
    report = run(tmp_path).partition("Doubtful")[2]
    made = {one.file_name: one.doubt_count for one in MinutesDraft.objects.all()}
    first, second = sorted(made, key=made.get, reverse=True)
    assert report.index(first) < report.index(second)


def test_a_watched_run_shows_a_bar_and_no_lines(run, folder, monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    said = run(folder)
    assert said.startswith("Files: 4.")
    assert "Reading minutes" in capsys.readouterr().err


def test_run_again_it_reads_nothing_twice_and_that_is_no_error(run, folder):
    run(folder)
    said = run(folder)
    assert "Read: 3. Drafts made: 0." in said
    assert MinutesDraft.objects.count() == 2


def test_what_a_clerk_discarded_does_not_come_back(run, folder, clerk):
    run(folder)
    MinutesDraft.objects.get(file_name="a.txt").discard(by=clerk, reason="Not ours.")
    assert "(discarded)" in run(folder)
    assert MinutesDraft.objects.count() == 2


def test_a_date_that_is_given_is_that_of_all(run, folder):
    run(folder, held_on="2014-03-27")
    assert {one.held_on.year for one in MinutesDraft.objects.all()} == {2014}


def test_one_file_without_a_date_is_a_draft_to_be_dated(run, folder):
    run(folder / "a.txt", item=["7"])
    draft = MinutesDraft.objects.get()
    assert (draft.held_on, draft.doubt_count) == (None, 0)


def test_drafts_without_a_doubt_are_told_as_such(run, folder):
    assert "a.txt: draft" in (said := run(folder / "a.txt", item=["7"]))
    assert "no doubts" in said


def test_files_and_folders_may_be_named_together_and_count_once(run, folder):
    assert "Files: 4." in run(folder / "a.txt", folder)


def test_standard_input_may_be_one_of_several(run, folder, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(minutes_of(3).encode())))
    assert run("-", folder / "a.txt").startswith("standard input: draft ")
    assert MinutesDraft.objects.order_by("id")[0].file_name == ""


def test_files_that_cannot_be_opened_are_told_and_passed(run, folder):
    os.mkfifo(folder / "pipe")
    said = run(folder, folder / "absent.txt")
    assert "pipe: This is not a file." in said
    assert "absent.txt: It cannot be read: No such file or directory." in said
    assert "Drafts made: 2." in said


def test_names_that_are_no_text_are_shown_and_stored_all_the_same(run, tmp_path):
    with open(os.fsencode(tmp_path) + b"/caf\xe9\x1b[2J.txt", "w") as file:
        file.write(minutes_of(1))
    run(tmp_path)
    assert MinutesDraft.objects.get().file_name == "caf\ufffd\ufffd[2J.txt"


def test_a_file_larger_than_any_minutes_is_refused(run, folder, monkeypatch):
    monkeypatch.setattr("recommendations.minutes.sources.MOST_BYTES", (folder / "a.txt").stat().st_size - 1)
    (folder / "b.txt").write_text(samples.TEXT[:-40])
    assert "a.txt: These minutes hold more than 5 MB of text" in run(folder / "a.txt", folder / "b.txt")


@pytest.mark.parametrize(
    ("names", "options", "sentence"),
    [
        (["empty"], {}, "There is no file to read."),
        (["2014/scan.png", "absent.txt"], {}, "Nothing could be read."),
        (["a.txt", "2014/b.html"], {"item": ["7"]}, "--item is for one file: several do not share a number."),
        (["."], {"adopt": True}, "--adopt is for one file, with --held-on and --item."),
        (["a.txt"], {"adopt": True, "item": ["7"]}, "--adopt is for one file, with --held-on and --item."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run, folder, names, options, sentence):
    (folder / "empty").mkdir()
    with pytest.raises(CommandError) as refusal:
        run(*(folder / name for name in names), **options)
    assert str(refusal.value) == sentence


def test_three_hundred_are_three_hundred_drafts(run, tmp_path):
    for number in range(300):
        (tmp_path / f"{number}.txt").write_text(minutes_of(number))
    assert "Files: 300. Read: 300. Drafts made: 300." in run(tmp_path)
    assert MinutesDraft.objects.count() == 300


# Stopped in the middle


@pytest.fixture
def ctrl_c_at(monkeypatch):
    """Somebody presses Ctrl-C while the file of that name is read."""
    read = import_minutes.read

    def arrange(name):
        def read_or_stop(path):
            if str(path).endswith(name):
                raise KeyboardInterrupt
            return read(path)

        monkeypatch.setattr(import_minutes, "read", read_or_stop)

    return arrange


def stopped(*paths, **options):
    """What is said when somebody presses Ctrl-C; the exit status is the one that shells know."""
    out = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("import_minutes", *map(str, paths), board="SCSB", stdout=out, **options)
    assert end.value.code == 130
    return out.getvalue()


def test_ctrl_c_ends_with_the_report_of_what_was_done(board, folder, ctrl_c_at):
    ctrl_c_at("b.html")
    said = stopped(folder)
    assert "Files: 1. Read: 1. Drafts made: 1." in said
    assert said.endswith("\nStopped; run it again to go on.\n")


def test_ctrl_c_under_the_bar_ends_the_same_way(board, folder, ctrl_c_at, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    ctrl_c_at("b.html")
    assert stopped(folder).startswith("Files: 1.")


def test_ctrl_c_before_the_first_file_was_read_is_no_failure_to_read(board, folder, ctrl_c_at):
    ctrl_c_at("a.txt")
    assert "Files: 0." in stopped(folder)


def test_stopped_by_ctrl_c_and_run_again_it_goes_on(run, folder, ctrl_c_at, monkeypatch):
    ctrl_c_at("b.html")
    stopped(folder)
    monkeypatch.undo()
    assert "Read: 3. Drafts made: 1." in run(folder)


def test_ctrl_c_at_one_file_that_is_dated_and_numbered_enters_nothing(board, folder, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(import_minutes.Command, "entered", stop)
    assert stopped(folder / "a.txt", held_on="2014-03-27", item=["7"]) == "Stopped; nothing was entered.\n"
    assert not MinutesDraft.objects.exists()


@pytest.fixture
def site(tmp_path):
    """Runs manage.py beside this process, on a database that is a file: returns how to begin a command."""
    database = tmp_path / "site.sqlite3"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}"}

    def begin(*arguments):
        command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
        piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(command, env=environment, **piped)  # noqa: S603

    def counted():
        """How many drafts, and how many rows of their history."""
        drafts = "SELECT COUNT(*) FROM recommendations_minutesdraft"
        rows = "SELECT COUNT(*) FROM recommendations_historicalminutesdraft"
        with closing(sqlite3.connect(database)) as connection:
            return [connection.execute(query).fetchone()[0] for query in (drafts, rows)]

    begin.counted = counted
    make_board = (
        "from recommendations.models import Board; Board(code='SCSB', name='Board').record(by=None, reason='Test')"
    )
    for arguments in (["migrate", "--verbosity", "0"], ["shell", "--verbosity", "0", "--command", make_board]):
        process = begin(*arguments)
        assert process.wait() == 0, process.communicate()[0]
        process.stdout.close()
    return begin


def kill_after(process, lines):
    """kill -9, once the process has told of that many files."""
    for _ in range(lines):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()


def test_killed_in_the_middle_it_goes_on_where_it_was(site, tmp_path):
    folder = tmp_path / "minutes"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(minutes_of(number))
    kill_after(site("import_minutes", folder, "--board", "SCSB"), lines=7)
    kept, _ = site.counted()
    assert 7 <= kept < 30
    said, _ = site("import_minutes", folder, "--board", "SCSB").communicate(timeout=120)
    assert f"Read: 30. Drafts made: {30 - kept}." in said
    assert site.counted() == [30, 30]
