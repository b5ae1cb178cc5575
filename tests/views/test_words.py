"""Words of the templates: dates, distances and counts as a person says them, and the small templates that use them."""

import datetime

import pytest
from django.apps import apps
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from lxml import html

from recommendations import words
from recommendations.models import Recommendation
from recommendations.templatetags import tracker
from tests import catalogues

TODAY = datetime.date(2027, 1, 14)


def in_days(days):
    return TODAY + datetime.timedelta(days=days)


def text_of(markup):
    return " ".join(html.fromstring(f"<div>{markup}</div>").text_content().split())


def drawn(name, address="/list", **context):
    """One of the small templates, as markup."""
    return render_to_string(f"includes/{name}.html", context, request=RequestFactory().get(address))


def test_a_day_is_written_out():
    assert words.day(TODAY) == "14 January 2027"
    assert words.day(None) == ""


def test_a_choice_is_called_as_the_library_calls_it():
    for field in (field for model in apps.get_models() for field in model._meta.get_fields()):
        for value, _ in getattr(field, "flatchoices", []):
            row = field.model(**{field.attname: value})
            assert words.choice(row, field.name) == getattr(row, f"get_{field.name}_display")()


def test_what_is_no_choice_is_said_as_it_stands():
    assert words.choice(Recommendation(kind="other"), "kind") == "other"
    assert words.choice(Recommendation(exempt_paragraph=None), "exempt_paragraph") is None


def test_days_are_remembered_in_each_language():
    with translation.override("cy"):
        assert words.day(TODAY) == "14 Ionawr 2027"
    assert words.day(TODAY) == "14 January 2027"


def test_where_there_is_little_room_a_month_is_short():
    assert (words.month(TODAY), words.month(TODAY, is_brief=True)) == ("January 2027", "Jan 2027")
    assert words.brief_day(TODAY) == "14 Jan 2027"


def test_a_moment_is_told_in_the_councils_time():
    summer = datetime.datetime(2027, 6, 30, 23, 4, tzinfo=datetime.UTC)
    assert words.day(summer) == "1 July 2027"
    assert words.moment(summer) == "1 July 2027 at 12:04am"
    assert words.moment(None) == ""


@pytest.mark.parametrize(
    ("days", "told"),
    [(-12, "12 days overdue"), (-1, "1 day overdue"), (0, "today"), (1, "in 1 day"), (9, "in 9 days")],
)
def test_a_distance_is_told_in_days(days, told):
    assert tracker.days_from(in_days(days), TODAY) == told


@pytest.mark.parametrize(("number", "told"), [(0, "0 reports"), (1, "1 report"), (1204, "1,204 reports")])
def test_a_count_agrees_with_its_noun(number, told):
    assert words.count_of(number, "report,reports") == told


WELSH = {
    "dog,dogs": "cŵn,ci,gi,chi,chi,ci",
    "number of the plural form\x040\x001": "\x00".join("012345"),
    "%(day)s at %(time)s": "%(day)s am %(time)s",
}


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "0 cŵn"), (1, "1 ci"), (2, "2 gi"), (3, "3 chi"), (4, "4 ci"), (6, "6 chi"), (1204, "1,204 ci")],
)
def test_a_count_takes_the_form_that_the_language_has_for_it(settings, tmp_path, number, told):
    catalogues.speak(settings, tmp_path, "cy", catalogues.WELSH, WELSH)
    assert words.count_of(number, translation.gettext("dog,dogs")) == told


def test_a_noun_that_is_not_translated_yet_is_still_counted(settings, tmp_path):
    catalogues.speak(settings, tmp_path, "cy", catalogues.WELSH, WELSH)
    assert words.count_of(4, translation.gettext("mail,mails")) == "4 mails"


def test_days_and_moments_are_said_in_the_language_of_the_site(settings, tmp_path):
    catalogues.speak(settings, tmp_path, "cy", catalogues.WELSH, WELSH)
    assert words.moment(datetime.datetime(2027, 1, 14, 15, 4, tzinfo=datetime.UTC)) == "14 Ionawr 2027 am 3:04yh"
    assert words.language_tag() == "cy"


def test_british_english_is_named_as_browsers_and_word_name_it():
    assert words.language_tag() == "en-GB"


@pytest.mark.parametrize(
    ("days", "words", "tags"), [(-12, "14 January 2027 12 days overdue", 1), (0, "today", 0), (9, "in 9 days", 0)]
)
def test_a_due_date_says_how_far_off_it_is(days, words, tags):
    markup = drawn("due", due_on=TODAY, on=in_days(-days))
    assert text_of(markup).endswith(words)
    assert markup.count("govuk-tag--red") == tags
    assert '<time datetime="2027-01-14">' in markup


def test_a_due_date_that_no_longer_runs_is_only_a_date():
    assert text_of(drawn("due", due_on=TODAY)) == "14 January 2027"


def test_no_due_date_says_so():
    assert text_of(drawn("due", due_on=None, on=TODAY)) == "No date set"


def test_a_status_is_a_word_in_a_coloured_tag():
    markup = drawn("status", value="paused", label="Paused", colour="yellow")
    assert 'class="govuk-tag govuk-tag--yellow"' in markup
    assert text_of(markup) == "Paused"


def page_links(number, pages=9, address="/list?board=SCSB&page=4"):
    page = Paginator(range(pages), 1).page(number)
    return html.fromstring(drawn("pagination", address, page_obj=page)).xpath("//a")


def test_pages_are_linked_and_keep_the_filters():
    links = {" ".join(link.text_content().split()): link.get("href") for link in page_links(5)}
    assert links["Previous page"] == "?board=SCSB&page=4"
    assert list(links) == ["Previous page", "1", "4", "5", "6", "9", "Next page"]


def test_the_page_one_is_on_is_marked():
    assert [link.text.strip() for link in page_links(1) if link.get("aria-current") == "page"] == ["1"]
    assert [link.get("rel") for link in page_links(9) if link.get("rel")] == ["prev"]


def test_one_page_needs_no_links():
    assert "<a" not in drawn("pagination", page_obj=Paginator([], 25).page(1))


@pytest.mark.parametrize(
    ("sort", "order", "leads_to"),
    [
        ("due_on", "ascending", "?sort=-due_on"),
        ("-due_on", "descending", "?sort=due_on"),
        ("owner", None, "?sort=due_on"),
    ],
)
def test_a_heading_sorts_and_then_turns_round(sort, order, leads_to):
    markup = drawn("sortable_th", "/list?page=3", label="Due", field="due_on", sort=sort, number=True)
    [heading] = html.fromstring(f"<table><tr>{markup}</tr></table>").xpath("//th")
    assert heading.get("aria-sort") == order
    assert heading.xpath("./a/@href") == [leads_to]


def test_what_is_filtered_is_said_and_can_be_taken_away():
    active = [("Board", "Safeguarding", "?page=1")]
    markup = drawn("filters", form="", active=active, clear_url="/list")
    assert "Board: Safeguarding Remove Board: Safeguarding Show all" in text_of(markup)
    assert 'href="?page=1"' in markup


def test_an_unfiltered_list_says_nothing_of_filters():
    assert "Showing only" not in drawn("filters", form="", active=[])


def test_an_empty_list_says_so_and_where_to_go():
    markup = drawn("empty", sentence="Nothing is overdue.", url="/all", link="See all reports")
    assert text_of(markup) == "Nothing is overdue. See all reports"
    assert "<a" not in drawn("empty", sentence="Nothing is overdue.")


def test_a_summary_row_says_what_its_link_changes():
    markup = drawn("summary_row", key="Owner", value="Olu Shah", url="/owner", what="the owner")
    assert text_of(markup) == "Owner Olu Shah Change the owner"
    assert "no-actions" in drawn("summary_row", key="Owner", value="No owner")


def test_a_wide_table_scrolls_in_a_named_region():
    template = "{% load tracker %}{% scroll_region name %}<p>{{ name }}</p>{% endscroll_region %}"
    markup = Template(template).render(Context({"name": "Reports & dates"}))
    [region] = html.fragments_fromstring(markup)
    assert (region.get("role"), region.get("tabindex"), region.get("aria-label")) == ("region", "0", "Reports & dates")
    assert region.xpath("./p/text()") == ["Reports & dates"]
