"""`manage.py parse_minutes`: what the reader finds, printed; nothing is saved."""

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

CSE = "fixtures/minutes/cse-safeguarding-report.txt"


def printed(*arguments):
    out = io.StringIO()
    call_command("parse_minutes", *arguments, stdout=out)
    return out.getvalue()


def test_the_documented_json_is_printed():
    wanted = json.loads(Path(CSE).with_suffix(".json").read_text(encoding="utf-8"))
    assert json.loads(printed(CSE, "--json")) == wanted


def test_the_summary_counts_and_flags():
    summary = printed(CSE)
    assert summary.startswith("CHILD SEXUAL EXPLOITATION SAFEGUARDING REPORT\n  declarations: None\n  witnesses: 8\n")
    assert (
        "    line 17: Claire Curran, Cabinet Member for Children and Families Wellbeing [“Cabinet Member for” is printed"
        in summary
    )
    assert "    line 66: 1. That officers develop the work" in summary


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"Witnesses:\nJane Doe, Director")))
    assert printed("-") == (
        "(no title)\n  declarations: not recorded\n  witnesses: 1\n    line 2: Jane Doe, Director\n  points: 0\n"
        "  recommendations: 0\n"
        "  actions: 0\n  resolutions: 0\n  comings and goings: 0\n  lines unread: 0\n"
    )


def test_a_missing_file_is_told_in_one_line():
    with pytest.raises(CommandError, match=r"^nowhere.txt cannot be opened: No such file or directory\.$"):
        printed("nowhere.txt")


def test_an_unreadable_file_is_told_in_one_line(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    with pytest.raises(CommandError, match=r"^There is no text to read"):
        printed(str(empty))
