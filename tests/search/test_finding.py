"""What is found: by stems, phrases, exclusions and references; the best first; never what one may not read."""

import pytest
from django.db import connection

from recommendations.models import Progress, Searchable
from recommendations.search.finding import Finding
from recommendations.search.matching import backend, matching
from recommendations.search.questions import read
from tests import factories

pytestmark = pytest.mark.django_db


def finding(user, typed, **narrowed):
    return Finding(user, read(typed), Searchable.objects.filter(**narrowed))


def titles(user, typed):
    return [result.title for result in finding(user, typed)[0:25]]


def asked(title="Review the guidance", text="That officers look into it.", **fields):
    return factories.make_recommendation(fields.pop("item", None), title=title, text=text, **fields)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("exploited", "That the exploitation of children be stopped."),
        ("exploitation", "That nobody be exploited."),
        ("child sexual exploitation", "That CSE be tackled."),
        ("TAXIS", "That every taxi be checked."),
        ("bus", "That more buses run."),
        ("child", "That children be heard."),
        ("county lines", "That lines of the county be drawn."),
        ('"county lines"', "That county lines be broken."),
        ('"county line"', "That county lines be broken."),
        ("children’s", "That children's homes be visited."),
        ("children's", "That children’s homes be visited."),
        ("cafe", "That the café be opened."),
        ("CAFÉ", "That the cafe be opened."),
        ("antisocial", "That anti-social behaviour be tackled."),
        ("anti-social", "That antisocial behaviour be tackled."),
        ("anti-social", "That anti‑social behaviour be tackled."),
        ("e-mail", "That an e-mail be sent."),
        ("20mph", "That 20 mph zones be made."),
        ("20", "That 20 mph zones be made."),
        ("CSE", "That child sexual exploitation be reported."),
        ("what happened about taxis?", "That every taxi be checked."),
        ("x", "That plan X be followed."),
        ("O'Brien", "That Mr O’Brien be asked."),
        ("25/26", "That the plan of 2025/26 be kept, SR (25/26) 01."),
        ("a@example.org", "That a@example.org be asked."),
    ],
)
def test_words_are_found(clerk, typed, text):
    asked("Found", text, item=factories.make_item(title="Any other business"))
    assert "Found" in titles(clerk, typed)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ('"county lines"', "That lines of the county be drawn."),
        ("school -bus", "That school buses run."),
        ('school -"bus pass"', "That school children have a bus pass."),
        ("taxi trains", "That barges be checked."),
    ],
)
def test_what_does_not_fit_is_not_found(clerk, typed, text):
    asked("Not wanted", text)
    assert titles(clerk, typed) == []


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "()", "a OR", "NEAR(x y)", "taxi*", "taxi:*", "!taxi", "taxi & | !", "title:taxi", "^taxi", "%", "_", "🚕",
     "\\", "漢字", "taxi\0", "--taxi", "-- DROP TABLE", "ß", "ﬁre", "x" * 10_000, "taxi " * 2_000, '"' * 99, "R" * 79 + "/"],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_the_search(clerk, typed):
    asked("Taxi licensing")
    found = finding(clerk, typed)
    assert len(found[0:25]) == found.count()


def test_each_kind_is_found_where_it_stands(clerk, owner):
    item = factories.make_item(title="Zeppelin")
    recommendation = asked(item=item, owner=owner, text="Zeppelin")
    update = factories.make_update(recommendation, "Zeppelin", by=owner)
    factories.make_report(recommendation, submitted_by=owner, text="Zeppelin")
    answer = factories.make_response(recommendation)
    answer.answer_with("accepted", by=clerk, reasons="Zeppelin")
    point, resolution = factories.make_point(item, "Zeppelin"), factories.make_resolution(item, "Zeppelin")
    witness = factories.make_witness(item, "Count Zeppelin")
    page, meeting = recommendation.get_absolute_url(), item.meeting.get_absolute_url()
    assert {result.kind.value: result.address for result in finding(clerk, "zeppelins")[0:25]} == {
        "recommendation": page,
        "update": f"{page}?all=1#update-{update.pk}",
        "report": f"{page}#report-1",
        "answer": f"{page}#answers",
        "point": f"{meeting}#point-{point.pk}",
        "resolution": f"{meeting}#resolution-{resolution.pk}",
        "witness": f"{meeting}#witness-{witness.pk}",
        "item": f"{meeting}#item-{item.pk}",
    }


def test_the_counts_are_of_each_kind_in_their_order(clerk):
    item = factories.make_item(title="Taxis")
    for _ in range(2):
        factories.make_point(item, "Taxis are late.")
    asked("Taxis", item=item)
    assert list(finding(clerk, "taxi").counts.items()) == [("recommendation", 1), ("point", 2), ("item", 1)]


def test_a_title_comes_before_the_words_and_these_before_the_note(clerk):
    noted = asked("In the note", progress=Progress.REPORTED_COMPLETE)
    noted.close(Progress.IMPLEMENTED, at=factories.make_meeting(held_on=factories.ago(1)), by=clerk, note="Taxis run.")
    asked("In the words", "That officers look into taxis.")
    asked("Taxis in the title")
    [factories.make_point(text=f"Nothing about point {number}.") for number in range(30)]
    assert titles(clerk, "taxis") == ["<mark>Taxis</mark> in the title", "In the words", "In the note"]


def test_of_two_that_fit_equally_the_recommendation_comes_before_what_was_said(clerk, owner):
    recommendation = asked("Same", "Taxis run late.", owner=owner)
    factories.make_update(recommendation, "Taxis run late.", by=owner)
    factories.make_point(recommendation.item, "Taxis run late.")
    kinds = [result.kind.value for result in finding(clerk, "taxis")[0:25]]
    assert kinds == ["recommendation", "point", "update"]


def test_of_two_that_fit_equally_the_later_one_comes_first(clerk):
    for days in (300, 10, 90):
        asked(f"Taxis {days}", item=factories.make_item(factories.make_meeting(held_on=factories.ago(days))))
    assert [title.split()[-1] for title in titles(clerk, "taxis")] == ["10", "90", "300"]


# What has most of the words


def test_where_nothing_has_all_words_what_has_most_is_shown_and_it_is_known(clerk):
    asked("Taxis at night in Kingsmead")
    asked("Taxis by day")
    found = finding(clerk, "taxis night zeppelin")
    assert ([result.title for result in found[0:25]], found.has_all) == (
        ["<mark>Taxis</mark> at <mark>night</mark> in Kingsmead"], False,
    )  # fmt: skip


def test_what_is_unwanted_stays_out_of_what_has_most_of_the_words(clerk):
    asked("Taxis at night")
    assert titles(clerk, "taxis zeppelin -night") == []


def test_of_many_words_one_is_enough_where_nothing_has_more(clerk):
    asked("Taxis")
    many = " ".join(f"zeppelin{number}" for number in range(7))
    assert titles(clerk, f"{many} taxis") == ["<mark>Taxis</mark>"]


# References


@pytest.mark.parametrize("typed", ["R3/26", "scsb r3/26", "SCSB-R3-26", "r3 26"])
def test_a_reference_leads_to_its_recommendation(clerk, typed):
    named, _ = asked("Named", reference="SCSB R3/26"), asked("Another", reference="SCSB R13/26")
    found = finding(clerk, typed)
    assert (found.named, found.count()) == ([named], 0)


def test_what_speaks_of_a_reference_comes_after_it(clerk):
    named, other = asked("Named", reference="SCSB R3/26"), asked("Says R3/26", reference="SCSB R4/26")
    found = finding(clerk, "R3/26")
    assert (found.named, [result.recommendation for result in found[0:25]]) == ([named], [other])


@pytest.mark.parametrize("typed", ["osc (16) 7", "OSC (16) 7 "])
def test_an_old_reference_leads_to_its_recommendation(clerk, typed):
    named = asked(old_reference="OSC (16) 7")
    assert finding(clerk, typed).named == [named]


def test_a_reference_that_is_left_out_leads_nowhere(clerk):
    asked(reference="SCSB R3/26")
    assert finding(clerk, "-R3/26").named == []


def test_the_reference_of_an_exempt_recommendation_leads_nowhere(other_member):
    asked(reference="SCSB R3/26", exempt_paragraph=3)
    found = finding(other_member, "SCSB R3/26")
    assert (found.named, found.count()) == ([], 0)


# Exempt matter


@pytest.fixture
def secret(board, owner):
    recommendation = asked("Open", owner=owner, item=factories.make_item(factories.make_meeting(board)))
    factories.make_update(recommendation, "The quokka was seen.", by=owner, exempt_paragraph=2)
    asked("Quokka", item=recommendation.item, exempt_paragraph=1)
    closed_door = factories.make_item(recommendation.item.meeting, title="Quokka", exempt_paragraph=3)
    factories.make_witness(closed_door, "Dr Quokka")
    return recommendation


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize(
    ("who", "number"),
    [("clerk", 4), ("member", 4), ("owner", 1), ("other_officer", 0), ("other_member", 0), ("administrator", 0),
     ("stranger", 0)],
)  # fmt: skip
def test_exempt_matter_is_neither_counted_nor_shown_to_who_is_not_entitled(who, number, person):
    found = finding(person(who), "quokkas")
    assert (found.count(), sum(found.counts.values()), len(found[0:25])) == (number, number, number)


@pytest.mark.usefixtures("secret")
def test_what_somebody_may_not_read_does_not_change_whether_all_words_were_found(other_member):
    asked("Open doors")
    assert not finding(other_member, "open quokka").has_all


# How it is asked


def test_a_page_of_results_asks_as_often_for_many_as_for_one(clerk, owner, django_assert_max_num_queries):
    def live(times):
        for _ in range(times):
            recommendation = asked("Taxis", owner=owner)
            factories.make_update(recommendation, "Taxis.", by=owner)
            factories.make_report(recommendation, submitted_by=owner, text="Taxis.")
            factories.make_witness(recommendation.item, "Taxis")

    live(8)
    with django_assert_max_num_queries(14):
        found = finding(clerk, "taxis")
        assert len(found[0:25]) == 25


@pytest.mark.postgres
def test_postgresql_looks_into_its_index(clerk):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")
    question = read('"county lines" gangs -bus')
    with connection.cursor() as cursor:
        # A table of a few rows is read faster as a whole, or along its keys.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    plan = matching(Searchable.objects.visible_to(clerk), question, 2)[:25].explain()
    assert "recommendations_searchable_stems" in plan


def test_nothing_but_words_reaches_the_database():
    question = read("taxi' OR 1=1 \") -x*")
    assert backend().query(question, 1)
    assert all(word.isalnum() for term in (*question.wanted, *question.unwanted) for way in term.ways for word in way)
