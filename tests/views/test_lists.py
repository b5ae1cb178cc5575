"""The lists of recommendations, follow-up reports and answers: narrowed, sorted, paged, and as of a day."""

import pytest
from django.urls import reverse

from recommendations import clock
from recommendations.forms.filters import FollowUpFilter, RecommendationFilter, ResponseFilter
from recommendations.models import Answer, Following, Progress, Recommendation
from tests import factories
from tests.views.pages import read

LISTS = {"recommendations": RecommendationFilter, "follow-ups": FollowUpFilter, "answers": ResponseFilter}
# Of each list, what every way to narrow it leaves of the rows below, by title.
LEFT = {
    "recommendations": {
        "open": "late soon later done dateless ownerless",
        "closed": "closed",
        "overdue": "late",
        "due_soon": "soon",
        "reported_complete": "done",
        "no_owner": "ownerless",
        "no_date": "dateless",
        "silent": "late",
    },
    "follow-ups": {
        "overdue": "late",
        "due_soon": "soon",
        "not_yet_due": "later",
        "no_date": "dateless",
        "late": "submitted received",
        "on_time": "punctual",
        "awaiting_board": "submitted",
        "received": "received punctual",
        "waived": "waived",
    },
    "answers": {
        "overdue": "late noted",
        "due_soon": "soon",
        "clock_not_started": "unstarted",
        "unanswered": "late noted soon unstarted regimeless",
        "answered": "accepted refused",
    },
}


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def look(sign_in, member):
    """A list as the member sees it, narrowed by what stands in the address."""
    client = sign_in(member)
    return lambda name, query="": read(client, reverse(name) + query)


def titles(page):
    return " ".join(row[2] for row in page.rows)


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board))


@pytest.fixture
def recommendations(item, owner):
    def make(title, *, owner=owner, **fields):
        return factories.make_recommendation(item, title=title, owner=owner, **fields)

    make("late", due_on=factories.ago(1))
    make("soon", due_on=factories.ago(-28))
    make("later", due_on=factories.ago(-29))
    make("done", due_on=factories.ago(9), progress=Progress.REPORTED_COMPLETE)
    make("dateless")
    make("ownerless", owner=None, due_on=factories.ago(-40))
    make("closed", progress=Progress.IMPLEMENTED)


@pytest.fixture
def reports(item, owner, clerk):
    def make(title, **fields):
        return factories.make_report(factories.make_recommendation(item, title=title, owner=owner), **fields)

    make("late", due_on=factories.ago(1))
    make("soon", due_on=factories.ago(0))
    make("later", due_on=factories.ago(-29))
    make("dateless")
    make("submitted", due_on=factories.ago(5), submitted_by=owner)
    make("received", due_on=factories.ago(5), submitted_by=owner, verdict="accepted")
    make("punctual", due_on=factories.ago(0), submitted_by=owner, verdict="accepted")
    make("waived", due_on=factories.ago(5)).waive(by=clerk, reason=factories.WHY)


@pytest.fixture
def responses(item, local, no_regime):
    def make(title, *, regime=local, **fields):
        return factories.make_response(factories.make_recommendation(item, title=title), regime=regime, **fields)

    make("late", notified_on=factories.ago(57))
    make("noted", notified_on=factories.ago(57), answer=Answer.NOTED)
    make("soon", notified_on=factories.ago(40))
    make("unstarted")
    make("regimeless", regime=no_regime)
    make("accepted", notified_on=factories.ago(57), answer=Answer.ACCEPTED)
    make("refused", answer=Answer.NOT_ACCEPTED)


FILLED = {"recommendations": "recommendations", "follow-ups": "reports", "answers": "responses"}


@pytest.mark.parametrize(("name", "question"), [(name, question) for name in LEFT for question in LEFT[name]])
def test_every_way_to_narrow_a_list_leaves_what_it_says(request, look, name, question):
    request.getfixturevalue(FILLED[name])
    page = look(name, f"?only={question}")
    assert set(titles(page).split()) == set(LEFT[name][question].split())
    assert int(page.heading.split()[0]) == len(page.rows)


@pytest.mark.parametrize("name", LISTS)
def test_no_way_to_narrow_a_list_is_left_untried(name):
    assert set(LEFT[name]) == set(LISTS[name].questions)


@pytest.mark.usefixtures("recommendations")
@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?progress=closed_implemented", "closed"),
        ("?timeliness=no_date", "dateless"),
        ("?timeliness=action_overdue&progress=not_started", "late"),
        ("?owner=none", "ownerless"),
        ("?kind=action", ""),
        ("?year=2026&only=no_date", "dateless"),
    ],
)
def test_recommendations_are_narrowed_by_progress_timeliness_owner_kind_and_year(look, query, left):
    assert titles(look("recommendations", query)) == left


@pytest.mark.usefixtures("recommendations")
def test_a_list_is_narrowed_to_what_one_follows(sign_in, client, settings, member, other_member):
    settings.PUBLIC_PAGES = True
    Following.turn(Recommendation.objects.get(title="late"), by=member, is_active=True)
    address = reverse("recommendations") + "?followed=me"
    assert [titles(read(sign_in(person), address)) for person in (member, other_member)] == ["late", ""]
    assert titles(read(client, address)) == ""


def test_a_list_is_narrowed_to_a_board(look, recommendations, other_board):
    factories.make_recommendation(factories.make_item(factories.make_meeting(other_board)), title="elsewhere")
    assert titles(look("recommendations", f"?board={other_board.pk}")) == "elsewhere"


@pytest.mark.parametrize("name", ["follow-ups", "answers"])
def test_what_belongs_to_recommendations_is_narrowed_by_their_board_and_owner(look, board, owner, item, local, name):
    for title, fields in (("mine", {"owner": owner}), ("nobodys", {})):
        recommendation = factories.make_recommendation(item, title=title, **fields)
        factories.make_report(recommendation)
        factories.make_response(recommendation, regime=local)
    narrowed = (f"?board={board.pk}&owner={owner.pk}", "?owner=none", f"?board={board.pk}")
    assert [titles(look(name, query)) for query in narrowed] == ["mine", "nobodys", "mine nobodys"]


# The rows


def test_a_row_of_recommendations_shows_where_it_stands(look, item, owner, clerk):
    recommendation = factories.make_recommendation(
        item, owner=owner, due_on=factories.ago(40), progress=Progress.PAUSED
    )
    recommendation.set_due_date(factories.ago(2), by=clerk, reason="Asked for.")
    assert look("recommendations").rows == [
        [
            recommendation.reference, "19 September 2026", "Review the guidance", "Olu Shah",
            "16 November 2026 First 9 October 2026; moved 1 time, 38 days in all", "38", "Paused", "Action overdue",
        ]
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["?sort=-slipped", "?sort=-slipped&on=2026-11-17"])
def test_what_is_dated_by_its_reports_slipped_as_far_as_they_did(look, item, clerk, query):
    with clock.set_to_day(factories.ago(1)):
        factories.make_recommendation(item, due_on=factories.ago(3))
        factories.make_recommendation(item)
        asked = factories.make_recommendation(item, kind="report_back")
        factories.make_report(asked, due_on=factories.ago(30)).set_due_date(factories.ago(20), by=clerk, reason="Ill.")
    page = look("recommendations", query)
    assert [row[5] for row in page.rows] == ["10", "0", "0"]


def test_a_row_of_reports_shows_where_it_stands_and_that_it_was_late(look, item, owner):
    factories.make_report(factories.make_recommendation(item, owner=owner), due_on=factories.ago(3), submitted_by=owner)
    [row] = look("follow-ups").rows
    assert row[4] == "15 November 2026"
    assert row[-1] == "Submitted, waiting for the Board (18 November 2026, 3 days late)"


def test_a_row_of_answers_shows_the_answer_and_its_clock(look, item, local):
    recommendation = factories.make_recommendation(item)
    factories.make_response(recommendation, notified_on=factories.ago(60), regime=local)
    factories.make_response(recommendation, "Police", regime=local)
    factories.make_response(
        recommendation, "Cabinet", regime=local, notified_on=factories.ago(60), answer=Answer.ACCEPTED
    )
    assert [row[1:] for row in look("answers", "?sort=addressee").rows] == [
        ["Cabinet", "Review the guidance", "Accepted", "14 November 2026", "18 November 2026"],
        [
            "Cabinet Member for Children", "Review the guidance", "Awaiting an answer",
            "14 November 2026 4 days overdue", "Not yet",
        ],
        ["Police", "Review the guidance", "Awaiting an answer", "Clock not started", "Not yet"],
    ]  # fmt: skip


# Sorting and paging


@pytest.mark.usefixtures("recommendations", "reports", "responses")
@pytest.mark.parametrize("name", LISTS)
def test_every_heading_that_sorts_sorts_both_ways(look, name):
    for heading in look(name).links(".//thead"):
        once = look(name, look(name).links(".//thead")[heading])
        twice = look(name, once.links(".//thead")[heading])
        sorted_by = [page.main.xpath(".//th[@aria-sort]/@aria-sort") for page in (once, twice)]
        assert sorted(sorted_by) == [["ascending"], ["descending"]]
        assert sorted(once.rows) == sorted(twice.rows) == sorted(look(name).rows)


@pytest.mark.usefixtures("recommendations")
@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("due", "done", "dateless"),
        ("-due", "ownerless", "dateless"),
        ("-owner", "late", "ownerless"),
        ("?", "late", "ownerless"),
    ],
)
def test_a_list_is_sorted_as_asked_and_what_has_no_value_comes_last(look, sort, first, last):
    rows = titles(look("recommendations", f"?only=open&sort={sort}")).split()
    assert (rows[0], rows[-1]) == (first, last)


def test_a_list_shows_25_rows_a_page_and_keeps_its_filters(look, item):
    for _ in range(26):
        factories.make_recommendation(item)
    page = look("recommendations", "?only=open&page=2")
    assert (page.heading, len(page.rows)) == ("26 recommendations", 1)
    assert page.links()["Previous page"] == "?only=open&page=1"


# Words for what is shown


@pytest.mark.usefixtures("recommendations")
def test_a_list_says_what_it_is_narrowed_to(look):
    page = look("recommendations", "?only=no_date&kind=do&on=2026-11-20")
    assert "Show: Open, no date set Remove" in page.text
    assert page.links()["Remove Kind: Do something"] == "?only=no_date&on=2026-11-20"


@pytest.mark.usefixtures("recommendations")
def test_a_filter_that_makes_no_sense_is_refused_in_words_and_the_whole_list_shown(look):
    page = look("recommendations", "?only=pink&timeliness=late")
    assert page.errors == ["Select what to show from the list", "Select the timeliness from the list"]
    assert page.heading == "7 recommendations"


@pytest.mark.parametrize(
    ("name", "sentence", "narrowed"),
    [
        ("recommendations", "No recommendation has been entered yet.", "No recommendation fits these filters."),
        (
            "follow-ups",
            "The Board has not asked for a follow-up report yet.",
            "No follow-up report fits these filters.",
        ),
        ("answers", "No answer is expected from anybody yet.", "No answer fits these filters."),
    ],
)
def test_an_empty_list_says_so(look, name, sentence, narrowed):
    assert sentence in look(name).text
    assert narrowed in look(name, "?only=overdue").text


def test_a_clerk_is_led_from_the_empty_list_to_the_first_minutes(sign_in, clerk):
    page = read(sign_in(clerk), reverse("recommendations"))
    assert page.links()["Enter minutes"] == reverse("draft-new")


# A past day


def test_a_list_of_a_past_day_is_as_it_was_then(look, item, owner, clerk):
    with clock.set_to_day(factories.ago(30)):
        recommendation = factories.make_recommendation(item, due_on=factories.ago(-5))
    recommendation.assign(owner, by=clerk)
    recommendation.set_due_date(factories.ago(-50), by=clerk, reason="More time.")
    [row] = look("recommendations", f"?on={factories.ago(20)}").rows
    assert (row[3], row[4], row[-1]) == ("No owner", "24 October 2026", "Action overdue")


@pytest.mark.parametrize("name", LISTS)
def test_what_was_not_there_yet_is_not_shown(look, recommendations, reports, responses, name):
    assert look(name, f"?on={factories.ago(1)}").rows == []


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["", "?on=2026-11-10"])
@pytest.mark.parametrize(("who", "rows"), [("clerk", 1), ("owner", 1), ("member", 1), ("other_member", 0)])
def test_exempt_rows_are_listed_only_for_those_entitled(person, sign_in, item, owner, local, name, query, who, rows):
    with clock.set_to_day(factories.ago(20)):
        exempt = factories.make_recommendation(item, owner=owner, exempt_paragraph=3)
        factories.make_report(exempt, due_on=factories.ago(3))
        factories.make_response(exempt, regime=local)
    page = read(sign_in(person(who)), reverse(name) + query)
    assert (len(page.rows), int(page.heading.split()[0])) == (rows, rows)


def test_a_recommendation_made_exempt_today_is_hidden_from_past_days_too(sign_in, item, clerk, other_member):
    with clock.set_to_day(factories.ago(20)):
        recommendation = factories.make_recommendation(item)
    recommendation.mark_exempt(2, by=clerk, reason="It names a child.")
    assert read(sign_in(other_member), reverse("recommendations") + "?on=2026-11-10").rows == []


# What the pictures of the dashboard count


@pytest.fixture
def slipped(board, owner, clerk, local, today):
    """A date that was kept to, one that moved once, an answer of a named body, and what was closed in a month."""
    item = factories.make_item(factories.make_meeting(board, factories.ago(60)))
    for moves in (0, 1):
        recommendation = factories.make_recommendation(item, due_on=factories.ago(40), owner=owner)
        report = factories.make_report(recommendation, due_on=factories.ago(40))
        for dated in (recommendation, report)[: 2 * moves]:
            dated.set_due_date(factories.ago(10), by=clerk, reason=factories.WHY)
    police = factories.make_organisation("Example Police", regime=local)
    factories.make_response(recommendation, "Police", organisation=police, regime=local, answer="accepted")
    factories.make_response(recommendation, regime=local)
    recommendation.close("closed_implemented", at=factories.make_meeting(board, factories.ago(20)), by=clerk)


@pytest.mark.usefixtures("slipped")
@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("/recommendations/?slip=0", 1),
        ("/recommendations/?slip=1", 1),
        ("/recommendations/?slip=2", 0),
        ("/recommendations/?slip=weeks_13", 1),
        ("/recommendations/?took=under_3_months", 1),
        ("/recommendations/?took=longer", 0),
        ("/follow-up-reports/?slip=0", 1),
        ("/follow-up-reports/?slip=weeks_13", 1),
        ("/answers/?answer=accepted", 1),
        ("/answers/?answer=awaiting", 1),
        ("/answers/?organisation=none", 1),
    ],
)
def test_what_a_picture_counts_can_be_listed(address, counted, sign_in, clerk):
    page = read(sign_in(clerk), address)
    assert (page.errors, len(page.rows)) == ([], counted)


def test_who_owned_something_once_can_still_be_asked_for(sign_in, clerk, owner, today):
    with clock.set_to_day(factories.ago(9)):
        recommendation = factories.make_recommendation(owner=owner)
    recommendation.assign(None, by=clerk, reason="She has left.")
    page = read(sign_in(clerk), f"/recommendations/?owner={owner.pk}&on={factories.ago(1)}")
    assert (page.errors, len(page.rows)) == ([], 1)
