"""Files of any number of rows are made in constant memory: neither records nor cells pile up."""

import datetime
import gc
import tracemalloc

import pytest
from django.db import connection
from django.db.models import Model
from django.urls import reverse

from recommendations.exports import chunks, separated, whole_history
from recommendations.exports.documents import document
from recommendations.exports.tables import DAY, About, Column, Part
from recommendations.exports.workbooks import workbook
from tests import factories
from tests.exports.files import received

ON = datetime.date(2026, 11, 18)
ABOUT = About("Tracker", ON, (), "Ruth Bailey", datetime.datetime(2026, 11, 18, 10, tzinfo=datetime.UTC))
COLUMNS = (
    Column("reference", "Reference", lambda number: f"SCSB R{number}/26"),
    Column("text", "Recommendation", lambda number: f"{number}: that all staff be trained. " * 20, 7),
    Column("due", "Due date", lambda number: ON, 2.3, DAY),
)
FILES = [reverse("recommendations-file", args=[ending]) for ending in ("csv", "xlsx", "docx")]
FILES += [reverse("recommendations-history", args=["csv"])]


# Records


@pytest.fixture
def lived(board, owner, executive, monkeypatch):
    """Makes so many recommendations, each with something of every kind; four are fetched at a time."""
    monkeypatch.setattr(chunks, "CHUNK", 4)
    monkeypatch.setattr(whole_history, "ROWS", 16)
    monkeypatch.setattr(separated, "TOGETHER", 4)
    item = factories.make_item(factories.make_meeting(board))

    def live(how_many):
        for _ in range(how_many):
            one = factories.make_recommendation(item, owner=owner, due_on=factories.ago(2))
            factories.make_update(one, by=owner)
            factories.make_report(one, due_on=factories.ago(1))
            factories.make_response(one, regime=executive)

    return live


def most_held(client, address):
    """How many records are in memory at once while the file is made, looked at whenever the database is asked."""
    counts = []

    def count(execute, *asked):
        gc.collect()
        counts.append(sum(issubclass(type(one), Model) for one in gc.get_objects()))
        return execute(*asked)

    # What is there already neither counts nor is gone through each time.
    gc.freeze()
    with connection.execute_wrapper(count):
        received(client, address)
    gc.unfreeze()
    return max(counts)


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("address", FILES)
def test_no_more_records_are_held_for_many_rows_than_for_some(address, lived, sign_in, member):
    client = sign_in(member)
    lived(12)
    for_some = most_held(client, address)
    lived(24)
    assert most_held(client, address) <= for_some


# Cells


def as_separated(rows):
    for _ in separated.separated(COLUMNS, rows):
        pass


def as_workbook(rows):
    for _ in workbook(ABOUT, [Part("Recommendations", COLUMNS, rows, len(rows))]):
        pass


def as_document(rows):
    for _ in document(ABOUT, [Part("Recommendations", COLUMNS, rows, len(rows))]):
        pass


def most_memory(write, how_many):
    """In bytes, at once; the least of three times, since what measures coverage takes memory of its own now and then."""
    peaks = []
    for _ in range(3):
        gc.collect()
        tracemalloc.start()
        write(range(how_many))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return min(peaks)


@pytest.mark.parametrize("write", [as_separated, as_workbook, as_document])
def test_two_thousand_rows_take_no_more_memory_than_two_hundred(write):
    """A tenth more is for chance; all cells of two thousand rows would be more than a million bytes."""
    write(range(2))
    assert most_memory(write, 2000) < most_memory(write, 200) * 1.1 + 10_000
