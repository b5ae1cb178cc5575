"""The page of a recommendation: where it stands, the Board's words, what one may do, and what has happened."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations import clock
from recommendations.models import Answer, HandOver, Progress
from recommendations.views import recommendations
from tests import factories
from tests.views.pages import Page, read

WORDS = (
    "That officers review “the guidance” given to schools:\n(a) in primary schools; and\n(b) in <secondary> schools."
)
SECRET = "The provider owes 40,000 pounds."


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board), number="7")


@pytest.fixture
def recommendation(item, owner):
    return factories.make_recommendation(item, owner=owner, text=WORDS, number="3", due_on=factories.ago(-9))


@pytest.fixture
def look(sign_in, person):
    """The page of a recommendation as somebody of the cast sees it."""
    return lambda thing, who="member": read(sign_in(person(who)), thing.get_absolute_url())


# In the order in which the eye meets it


def test_the_page_goes_from_where_it_stands_to_what_has_happened(look, recommendation, owner):
    factories.make_report(recommendation, due_on=factories.ago(-3))
    page = look(recommendation, "owner")
    landmarks = [
        recommendation.reference, "Review the guidance", "Not started", "Due soon", "Next: Follow-up report 1",
        "21 November 2026", "The Board’s words", "That officers review", "Update progress", "Owner and date", "Answers",
        "Follow-up reports", "What led to it", "What has happened",
    ]  # fmt: skip
    places = [page.text.find(landmark) for landmark in landmarks]
    assert -1 not in places
    assert places == sorted(places)


def test_the_words_are_the_boards_to_the_letter(look, recommendation):
    [quoted] = look(recommendation).main.xpath(".//h2[@id='words']/following-sibling::blockquote[1]")
    assert quoted.text_content() == WORDS


def test_the_words_say_where_they_are_from(look, recommendation, item):
    page = look(recommendation)
    assert page.links()["Social Care Services Board on 19 September 2026, item 7"] == item.get_absolute_url()
    assert "item 7, number 3" in page.part("words")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda r: None, "Next: The action itself, from Olu Shah 27 November 2026 in 9 days"),
        (
            lambda r: factories.make_report(r, due_on=factories.ago(4)),
            "Next: Follow-up report 1, from Olu Shah 14 November 2026 4 days overdue",
        ),
        (
            lambda r: r.change_progress(Progress.REPORTED_COMPLETE, by=r.owner),
            "Next: The Board’s decision on closing, from Social Care Services Board at the next meeting",
        ),
        (
            lambda r: factories.make_response(
                r, "Police", regime=factories.make_regime("x", "X", days=3), notified_on=factories.ago(2)
            ),
            "Next: An answer, from Police 19 November 2026 in 1 day",
        ),
    ],
    ids=["action", "report", "board", "answer"],
)
def test_what_comes_next_is_said_with_its_day_and_who_must_act(look, recommendation, make, sentence):
    make(recommendation)
    assert sentence in look(recommendation).text


def test_nothing_dated_and_nobody_named_is_said(look, item):
    text = look(factories.make_recommendation(item)).text
    assert "Next: The action itself, from nobody yet No date set" in text
    assert "Owner No owner" in text


def test_a_closed_one_says_where_it_was_closed_and_what_changed(look, recommendation, board, clerk):
    meeting = factories.make_meeting(board, factories.ago(1))
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk, minute="52/26", note="Parents know the signs.")
    page = look(recommendation)
    assert "Closed at the meeting of 17 November 2026, minute 52/26. Parents know the signs." in page.text
    assert page.links()["meeting of 17 November 2026"] == meeting.get_absolute_url()


def test_a_moved_date_counts_its_slips(look, recommendation, clerk):
    for days in (20, 30):
        recommendation.set_due_date(factories.ago(-days), by=clerk, reason="More time.")
    assert "First 27 November 2026; moved 2 times, 21 days in all" in look(recommendation).text


def test_what_was_handed_over_says_which_board_follows_it_up(look, recommendation, board, other_board, clerk):
    assert "Followed up by" not in look(recommendation).text
    HandOver.make(board, other_board, by=clerk, ended_on=factories.ago(0))
    assert f"Followed up by {other_board}" in look(recommendation).text


def test_what_led_to_it_is_quoted(look, recommendation, item):
    factories.make_evidence(recommendation, point=factories.make_point(item, "Parents did not know the signs.", "4"))
    factories.make_evidence(recommendation, witness=factories.make_witness(item, organisation=""))
    evidence = look(recommendation).part("evidence")
    assert "Point 4: Parents did not know the signs." in evidence
    assert "Dana Whitlock, Head of Early Help" in evidence


def test_evidence_that_was_withdrawn_is_not_shown(look, recommendation, clerk):
    factories.make_evidence(recommendation)
    recommendation.link_evidence(points=[], witnesses=[], by=clerk)
    assert "No discussion point or witness has been linked yet." in look(recommendation).part("evidence")


def test_each_addressee_has_its_answer_and_its_clock(look, recommendation, local, no_regime):
    police = factories.make_organisation("Example Police", regime=local)
    factories.make_response(recommendation, "Police", organisation=police, regime=local, notified_on=factories.ago(60))
    factories.make_response(recommendation, "Cabinet", regime=local, answer=Answer.NOT_ACCEPTED)
    factories.make_response(recommendation, "officers", regime=no_regime)
    assert look(recommendation).rows == [
        ["Police Example Police", "Awaiting an answer", "14 November 2026 4 days overdue Local rule"],
        ["Cabinet", "Not accepted 18 November 2026 Made for a test.", "No period set Local rule"],
        ["officers", "Awaiting an answer", "No period set No period"],
    ]


def test_a_report_shows_what_became_of_it(look, recommendation, owner, board):
    factories.make_report(
        recommendation,
        due_on=factories.ago(3),
        submitted_by=owner,
        verdict="further_wanted",
        text="Two schools so far.",
    )
    text = look(recommendation).part("reports")
    assert "Follow-up report 1: Received: further report wanted" in text
    assert "Submitted 18 November 2026 by Olu Shah 3 days late Received at the meeting of 18 November 2026" in text
    assert "Two schools so far." in text
    assert "Follow-up report 2: Awaited" in text


# What may be done now, and nothing else

ONE, REPORT = "/recommendations/SCSB-R1-26/", "/follow-up-reports/1/"
OWNERS = {f"{ONE}update/", f"{ONE}later-date/", f"{REPORT}submit/", f"{REPORT}later-date/"}
CLERKS = {
    f"{ONE}update/", f"{ONE}owner/", f"{ONE}due-date/", f"{ONE}close/", f"{ONE}title/", f"{ONE}words/", f"{ONE}exempt/",
    f"{ONE}evidence/", f"{ONE}addressees/", f"{REPORT}submit/", f"{REPORT}due-date/", f"{REPORT}waive/",
    f"{REPORT}repeats/",
    "/answers/1/answer/", "/answers/1/clock/",
}  # fmt: skip
ACTS = ("/update/", "/owner/", "-date/", "/close/", "/reopen/", "/outcome/", "/title/", "/words/", "/exempt/",
        "/evidence/", "/addressees/", "/reports/", "/submit/", "/receive/", "/waive/", "/repeats/", "/answer/", "/clock/",
        "/date-changes/")  # fmt: skip


def acts_on(page):
    """The addresses of forms that the page offers, its records numbered from 1."""
    return {address for address in page.links().values() if any(act in address for act in ACTS)}


@pytest.mark.parametrize(
    ("who", "offered"),
    [("clerk", CLERKS), ("owner", OWNERS), ("other_officer", set()), ("member", set()), ("administrator", set())],
)
def test_one_is_offered_what_one_may_do_and_no_more(look, recommendation, local, who, offered):
    report = factories.make_report(recommendation, due_on=factories.ago(-3))
    answer = factories.make_response(recommendation, regime=local)
    acts = {
        act.replace(ONE, recommendation.get_absolute_url())
        .replace(REPORT, f"/follow-up-reports/{report.pk}/")
        .replace("/answers/1/", f"/answers/{answer.pk}/")
        for act in offered
    }
    assert acts_on(look(recommendation, who)) == acts


@pytest.mark.parametrize("progress", [Progress.NOT_STARTED, Progress.REPORTED_COMPLETE, Progress.IMPLEMENTED])
@pytest.mark.parametrize("who", ["clerk", "owner", "other_officer", "member"])
def test_everything_offered_can_be_opened(sign_in, person, item, owner, clerk, local, who, progress):
    recommendation = factories.make_recommendation(item, owner=owner, due_on=factories.ago(-9))
    factories.make_response(recommendation, regime=local)
    factories.make_report(recommendation, due_on=factories.ago(4), submitted_by=owner)
    factories.make_asked_date(recommendation, by=owner)
    if progress == Progress.IMPLEMENTED:
        recommendation.close(progress, at=factories.make_meeting(held_on=factories.ago(0)), by=clerk)
    elif progress != Progress.NOT_STARTED:
        recommendation.change_progress(progress, by=owner)
    client = sign_in(person(who))
    acts = acts_on(read(client, recommendation.get_absolute_url()))
    assert bool(acts) == (who == "clerk" or (who == "owner" and progress != Progress.IMPLEMENTED))
    assert {address: client.get(address).status_code for address in acts} == dict.fromkeys(acts, 200)


def test_a_closed_one_can_only_be_reopened_or_put_right(look, item):
    closed = factories.make_recommendation(item, progress=Progress.IMPLEMENTED)
    acts = {address.removeprefix(closed.get_absolute_url()) for address in acts_on(look(closed, "clerk"))}
    assert acts == {"outcome/", "reopen/", "title/", "words/", "exempt/", "evidence/"}


def test_a_later_date_is_not_asked_for_twice(look, recommendation, owner):
    report = factories.make_report(recommendation, due_on=factories.ago(-3))
    factories.make_asked_date(recommendation, by=owner)
    factories.make_asked_date(report, by=owner)
    page = look(recommendation, "owner")
    assert not [address for address in acts_on(page) if "later-date" in address]
    assert "Later date asked for 25 December 2026, by Olu Shah: The review takes longer than planned." in page.text


@pytest.mark.parametrize(("submitted", "offered"), [(False, False), (True, True)])
def test_a_further_report_is_asked_for_only_when_none_is_awaited(look, recommendation, owner, submitted, offered):
    factories.make_report(recommendation, submitted_by=owner if submitted else None)
    assert (reverse("follow-up-new", args=[recommendation.slug]) in acts_on(look(recommendation, "clerk"))) == offered


def test_one_follows_and_stops_to_follow_with_a_button(sign_in, member, recommendation):
    client, address = sign_in(member), reverse("recommendation-follow", args=[recommendation.slug])
    followed = Page(client.post(address, follow=True))
    assert followed.banner == f"You follow {recommendation.reference}."
    stopped = Page(client.post(address, followed.fields, follow=True))
    assert stopped.banner == f"You no longer follow {recommendation.reference}."


# What has happened


def test_every_entry_says_who_when_what_and_why(look, recommendation, owner, clerk):
    with clock.set_to_day(factories.ago(-1), hour=14):
        recommendation.set_due_date(factories.ago(-40), by=clerk, reason="The printers are late.")
        when = clock.now()
    [entry] = [entry for entry in look(recommendation).timeline if "printers" in entry]
    assert entry == (
        f"Due date moved 19 November 2026 at 2:{when.minute:02}pm, by Ruth Bailey "
        "Due date: 27 November 2026 → 29 December 2026 The printers are late."
    )


def test_the_newest_stands_first(look, recommendation, owner, clerk):
    with clock.set_to_day(factories.ago(-1)):
        factories.make_update(recommendation, by=owner)
    entries = look(recommendation).timeline
    assert entries[0].startswith("Progress update 19 November 2026")
    assert entries[-1].startswith("Recorded from the minutes 18 November 2026")


def test_of_a_long_history_the_newest_is_shown_and_the_rest_on_request(
    look, sign_in, recommendation, member, monkeypatch
):
    monkeypatch.setattr(recommendations, "NEWEST_ENTRIES", 2)
    for number in range(3):
        factories.make_update(recommendation, f"Update {number}.")
    page = look(recommendation)
    assert len(page.timeline) == 2
    more = page.links()["These are the newest 2: show all 4"]
    assert len(read(sign_in(member), f"{recommendation.get_absolute_url()}{more}").timeline) == 4


def test_files_are_linked_where_they_are_spoken_of(look, recommendation, owner):
    update = factories.make_update(recommendation, by=owner, file=SimpleUploadedFile("figures.csv", b"a,b"))
    assert look(recommendation).links(".//*[@class='app-timeline']")["figures.csv"] == update.file_url


# Exempt matter, and what the public reads


@pytest.fixture
def half_exempt(recommendation, owner):
    """Open to all, but with an update and a report that are not."""
    file = SimpleUploadedFile("accounts.csv", b"a,b")
    factories.make_update(recommendation, SECRET, by=owner, exempt_paragraph=3, file=file)
    factories.make_report(recommendation, submitted_by=owner, text=SECRET, exempt_paragraph=3, file=file)
    return recommendation


@pytest.mark.parametrize("who", ["clerk", "owner", "member"])
def test_an_exempt_update_and_report_are_read_by_those_entitled(look, half_exempt, who):
    page = look(half_exempt, who)
    assert page.text.count(SECRET) == 3
    assert "accounts.csv" in page.links()


@pytest.mark.parametrize("who", ["other_officer", "other_member", "administrator", "stranger"])
def test_an_exempt_update_and_report_are_hidden_from_others(look, half_exempt, settings, who):
    settings.PUBLIC_PAGES = True
    page = look(half_exempt, who)
    assert SECRET not in page.text
    assert "accounts.csv" not in page.text
    assert "What it says is exempt and not shown to you." in page.text
    assert not [entry for entry in page.timeline if entry.startswith("Progress update")]


def test_a_restricted_one_says_so_to_those_who_read_it(look, item, board):
    exempt = factories.make_recommendation(item, exempt_paragraph=3)
    of_item = factories.make_recommendation(factories.make_item(factories.make_meeting(board), exempt_paragraph=3))
    assert "Exempt: Paragraph 3: Financial or business affairs" in look(exempt).text
    assert "Who may read it Exempt with its agenda item" in look(of_item).text


@pytest.fixture
def lived(recommendation, owner, clerk, local, board):
    """One that has been through everything that shows a person or a meeting."""
    factories.make_report(
        recommendation, submitted_by=owner, verdict="accepted", file=SimpleUploadedFile("a.csv", b"a")
    )
    factories.make_response(recommendation, regime=local)
    factories.make_asked_date(recommendation, by=owner)
    factories.make_update(recommendation, by=owner, file=SimpleUploadedFile("b.csv", b"b"))
    factories.make_evidence(recommendation)
    return recommendation.close(Progress.IMPLEMENTED, at=factories.make_meeting(held_on=factories.ago(1)), by=clerk)


def test_the_public_is_offered_nothing_that_it_may_not_open(client, settings, lived):
    settings.PUBLIC_PAGES = True
    page = read(client, lived.get_absolute_url())
    addresses = [address for address in page.html.xpath("//a/@href") if not address.startswith("#")]
    assert {client.get(address).status_code for address in addresses} == {200}
    assert page.main.xpath(".//form") == []


@pytest.mark.parametrize("who", ["clerk", "owner", "member", "stranger"])
def test_no_e_mail_address_stands_on_the_page(look, lived, settings, who):
    settings.PUBLIC_PAGES = True
    assert "@" not in look(lived, who).text
