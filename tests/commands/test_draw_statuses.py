"""The diagrams of the allowed changes, drawn by the code."""

import pytest
from django.core.management import call_command

from recommendations.management.commands import draw_statuses
from recommendations.models import Answer, Progress


def test_the_page_in_the_docs_is_what_the_code_draws_today():
    assert draw_statuses.FILE.read_text("utf-8") == draw_statuses.drawn(), "Run: python manage.py draw_statuses"


def test_the_command_prints_the_same_page_on_request(capsys):
    call_command("draw_statuses", "--print")
    assert capsys.readouterr().out == draw_statuses.drawn()


def test_the_command_writes_the_page_and_says_so(tmp_path, settings, monkeypatch, capsys):
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(draw_statuses, "FILE", tmp_path / "statuses.md")
    call_command("draw_statuses")
    assert (tmp_path / "statuses.md").read_text("utf-8") == draw_statuses.drawn()
    assert capsys.readouterr().out == "Wrote statuses.md.\n"


@pytest.mark.parametrize("choice", [*Progress, *Answer])
def test_every_status_is_drawn_under_its_name(choice):
    assert f'    state "{choice.label}" as {choice.value}\n' in draw_statuses.drawn()


@pytest.mark.parametrize(
    ("arrow", "is_drawn"),
    [
        ("    not_started --> in_progress\n", True),
        ("    in_progress --> paused: why\n", True),
        ("    closed_superseded --> in_progress: why\n", True),
        ("    in_progress --> not_started", False),
        ("    awaiting --> not_accepted: why\n", True),
        ("    accepted --> awaiting", False),
    ],
)
def test_an_arrow_stands_for_an_allowed_change_and_says_when_it_needs_a_reason(arrow, is_drawn):
    assert (arrow in draw_statuses.drawn()) == is_drawn
