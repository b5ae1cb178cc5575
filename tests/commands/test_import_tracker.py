"""An old tracker from a file, by a clerk at a terminal."""

import io

import pytest
from django.core.management import CommandError, call_command

from recommendations.management.commands import import_tracker
from recommendations.models import OldTracker, Recommendation
from tests.old_trackers import files


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "county.xlsx"
    path.write_bytes(files.county_workbook())
    return str(path)


@pytest.fixture
def run(board, clerk, no_regime, today):
    """What the command says on standard output."""

    def run(path, *more, board="SCSB", by=clerk.email):
        out = io.StringIO()
        call_command("import_tracker", path, "--board", board, "--by", by, *more, stdout=out)
        return out.getvalue()

    return run


def test_a_tracker_is_brought_in_and_told(run, path):
    said = run(path, "--closes-on", "2026-09-01").splitlines()
    assert said[0] == "Rows: 6; will be made: 0; doubtful, and will be made: 6; refused: 0; there already: 0."
    assert said[-1] == f"Brought in as tracker {OldTracker.objects.get().pk}."
    assert Recommendation.objects.count() == 6


def test_each_doubt_and_refusal_is_told_with_its_row(run, path, owner):
    said = run(path, "--dry-run")
    assert "Live, row 7, doubtful: “September 2026” is taken as 30 September 2026." in said
    assert "Completed 2025-26, row 3, refused: It is closed, but at which meeting?" in said


def test_a_dry_run_keeps_nothing(run, path):
    assert run(path, "--dry-run").endswith("Nothing was kept.\n")
    assert not OldTracker.objects.exists()


def test_run_again_it_keeps_nothing_more(run, path):
    run(path, "--closes-on", "2026-09-01")
    assert "there already: 6." in run(path, "--closes-on", "2026-09-01")
    assert OldTracker.objects.count() == 1


def test_rows_without_a_day_take_the_one_above_or_the_one_named(run, tmp_path):
    path = tmp_path / "district.csv"
    path.write_bytes(files.district_csv())
    assert "refused: 0" in run(
        str(path), "--dry-run", "--held-on", "2026-03-12", "--closes-on", "2026-09-01", "--fills-down"
    )


def test_sheets_without_recommendations_are_told(run, tmp_path):
    path = tmp_path / "key.xlsx"
    path.write_bytes(files.plain_workbook([["Colour", "Meaning"], ["Red", "Late"]], "Key"))
    assert "Key: not read, no column there says what was recommended." in run(str(path))


@pytest.mark.parametrize(
    ("more", "options", "sentence"),
    [
        ((), {"board": "XYZ"}, "There is no board with the code XYZ. Known codes: SCSB."),
        ((), {"by": "nobody@example.org"}, "nobody@example.org is not a clerk who can sign in."),
        (("--held-on", "March"), {}, "March is not a date. Write it as 2026-03-27."),
        (("--closes-on", "2999-01-01"), {}, "2999-01-01 lies ahead. Name a meeting that has been held."),
    ],
)
def test_what_is_wrong_is_one_sentence(run, path, more, options, sentence):
    with pytest.raises(CommandError) as refusal:
        run(path, *more, **options)
    assert str(refusal.value) == sentence


def test_somebody_who_is_no_clerk_brings_nothing_in(run, path, member):
    with pytest.raises(CommandError, match="is not a clerk who can sign in"):
        run(path, by=member.email)


def test_a_file_that_is_not_there_is_told(run, tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: No such file or directory\."):
        run(str(tmp_path / "absent.xlsx"))


def test_a_file_that_is_no_tracker_is_told(run, tmp_path):
    path = tmp_path / "tracker.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match="This is a PDF"):
        run(str(path))


def test_a_file_that_is_too_large_is_told(run, path, monkeypatch):
    monkeypatch.setattr(import_tracker, "MAX_BYTES", 100)
    with pytest.raises(CommandError, match="larger than 10 MB"):
        run(path)
