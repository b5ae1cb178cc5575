"""What the council says about the site: written by administrators, never deleted, and never over somebody else's words."""

import pytest

from recommendations.models import Refused, Statement
from recommendations.models.tracked import Stale
from tests import factories

pytestmark = pytest.mark.django_db


def test_before_it_is_written_there_is_nothing_to_read():
    statement = Statement.of("privacy")
    assert (statement.is_written, statement.text, statement.version) == (False, "", 0)


def test_an_administrator_writes_it(administrator, today):
    statement = Statement.of("privacy").rewrite("# Cookies", reviewed_on=today, by=administrator)
    row = statement.history.get()
    assert (row.text, row.reviewed_on, row.history_user, row.version) == ("# Cookies", today, administrator, 1)
    assert Statement.of("privacy") == statement


def test_what_it_said_before_stays_in_the_history(administrator):
    statement = factories.make_statement(text="One").rewrite(
        "Two", reviewed_on=None, by=administrator, reason="Better."
    )
    assert [row.text for row in statement.history.order_by("version")] == ["One", "Two"]
    assert statement.history.latest().history_change_reason == "Better."


@pytest.mark.parametrize("who", ["clerk", "owner", "member"])
def test_nobody_else_does(person, who):
    with pytest.raises(Refused, match="Only an administrator"):
        Statement.of("privacy").rewrite("Mine", reviewed_on=None, by=person(who))


@pytest.mark.parametrize(("text", "days", "sentence"), [(" \n", 0, "Write the text"), ("x", -1, "has come")])
def test_what_makes_no_sense_is_refused(administrator, today, text, days, sentence):
    with pytest.raises(Refused, match=sentence):
        Statement.of("privacy").rewrite(text, reviewed_on=factories.ago(days), by=administrator)
    assert not Statement.objects.exists()


def test_of_two_who_begin_it_the_second_is_told(administrator):
    second = Statement.of("privacy")
    factories.make_statement("privacy", "First")
    with pytest.raises(Stale):
        second.rewrite("Second", reviewed_on=None, by=administrator)
    assert (second.version, second.text) == (1, "First")


def test_there_is_one_of_each_kind():
    statements = [factories.make_statement(kind) for kind in Statement.Kind.values]
    assert list(Statement.objects.all()) == statements
    assert [str(statement) for statement in statements] == ["Accessibility statement", "Privacy notice"]
