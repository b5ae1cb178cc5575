"""Minutes from a file, by a clerk at a terminal."""

import io
import os
import types

import pytest
from django.core.management import CommandError, call_command

from recommendations.models import MinutesDraft, Recommendation
from tests import factories
from tests.minutes import samples


@pytest.fixture
def minutes(tmp_path):
    path = tmp_path / "minutes.txt"
    path.write_text(samples.TEXT, encoding="utf-8")
    return str(path)


@pytest.fixture
def run(board, no_regime):
    """What the command says on standard output."""

    def run(path, *more, board="SCSB", held_on="2026-03-27", item="7"):
        out = io.StringIO()
        call_command("import_minutes", path, "--board", board, "--held-on", held_on, "--item", item, *more, stdout=out)
        return out.getvalue()

    return run


def test_a_file_becomes_a_draft_for_a_clerk_to_complete(run, minutes, clerk):
    said = run(minutes, "--by", clerk.email.upper())
    draft = MinutesDraft.objects.get()
    assert said.startswith(f"Draft {draft.pk}: Minutes of Social Care Services Board, 27 March 2026.")
    assert (draft.created_by, draft.file_name) == (clerk, "minutes.txt")
    assert draft.content["items"][0]["number"] == "7"


def test_without_a_clerk_the_system_says_why(run, minutes):
    run(minutes)
    row = MinutesDraft.history.get()
    assert (row.history_user, row.history_change_reason) == (None, "Entered by import_minutes")


def test_a_draft_is_adopted_when_asked(run, minutes):
    said = run(minutes, "--adopt")
    assert "Adopted: Social Care Services Board on 27 March 2026. SCSB R1/26, SCSB R2/26, SCSB A1/26." in said
    assert Recommendation.objects.count() == 3


def test_minutes_that_ask_nothing_are_adopted_as_well(run, tmp_path):
    path = tmp_path / "short.txt"
    path.write_text("CHILDREN MISSING FROM HOME\n\nKey points raised during the discussion:\n1. Referrals had risen.\n")
    assert "No recommendation." in run(str(path), "--adopt")


def test_the_same_text_again_is_told_and_no_error(run, minutes):
    run(minutes)
    assert run(minutes).startswith("These minutes have been entered already: ")
    assert MinutesDraft.objects.count() == 1


def test_the_same_text_again_after_adoption_says_adopted(run, minutes):
    run(minutes, "--adopt")
    assert "(adopted, number" in run(minutes)


def test_standard_input_is_read_for_a_dash(run, monkeypatch):
    data = io.BytesIO(samples.TEXT.encode())
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=data))
    run("-")
    assert MinutesDraft.objects.get().file_name == ""


def test_a_draft_that_cannot_be_adopted_is_not_kept_half(run, minutes):
    factories.make_item(factories.make_meeting(held_on=samples.HELD_ON), number="7")
    with pytest.raises(CommandError, match="has an item 7 already"):
        run(minutes, "--adopt")
    assert not MinutesDraft.objects.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"board": "XYZ"}, "There is no board with the code XYZ. Known codes: SCSB."),
        ({"held_on": "27 March"}, "27 March is not a date. Write it as 2026-03-27."),
        ({"held_on": "2999-01-01"}, "2999-01-01 lies ahead."),
        ({"item": " "}, "Give --item a number of 1 to 12 characters."),
    ],
)
def test_what_is_wrong_is_one_sentence(run, minutes, options, sentence):
    with pytest.raises(CommandError) as refusal:
        run(minutes, **options)
    assert str(refusal.value).startswith(sentence)
    assert "\n" not in str(refusal.value)


def test_somebody_who_is_no_clerk_cannot_enter_minutes(run, minutes, member):
    with pytest.raises(CommandError, match="is not a clerk who can sign in"):
        run(minutes, "--by", member.email)


def test_somebody_unknown_cannot_enter_minutes(run, minutes):
    with pytest.raises(CommandError, match="is not a clerk who can sign in"):
        run(minutes, "--by", "nobody@example.org")


def test_a_file_that_is_not_there_is_told(run, tmp_path):
    with pytest.raises(CommandError, match=r"absent.txt cannot be read: No such file or directory\."):
        run(str(tmp_path / "absent.txt"))


def test_what_is_no_file_is_told(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CommandError, match=r"This is not a file\."):
        run(str(tmp_path / "pipe"))


def test_a_file_that_holds_no_text_is_told(run, tmp_path):
    path = tmp_path / "blank.txt"
    path.write_text(" \n")
    with pytest.raises(CommandError) as refusal:
        run(str(path))
    assert "\n" not in str(refusal.value)
