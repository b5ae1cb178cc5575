"""One mail an address: what stands in it, read as a mail program reads it, and what must never stand in it."""

import pytest
from django.urls import reverse
from lxml import html

from recommendations import clock
from recommendations.models import MailPreference, Progress
from recommendations.reminders.digests import mail_of, token_of
from tests import factories

pytestmark = pytest.mark.usefixtures("today")
SITE = "https://tracker.example.org"


@pytest.fixture
def received(send, post):
    """The mail that one run sends to this person, parsed from what the mail server was given."""

    def run(user):
        send()
        return post.message_to(user.email)

    return run


def text_of(message):
    return message.get_body(["plain"]).get_content().replace("\r\n", "\n")


def page_of(message):
    return html.document_fromstring(message.get_body(["html"]).get_content())


def test_the_text_says_what_is_due_and_where(owe, owner, received):
    thing = owe(7, title="Visit the schools")
    lines = text_of(received(owner)).splitlines()
    start = lines.index(f"* {thing.reference}: Visit the schools")
    assert lines[start + 1 : start + 3] == [
        "  The action itself, 25 November 2026: due in 7 days",
        f"  {SITE}{thing.get_absolute_url()}",
    ]


def test_the_html_says_the_same(owe, owner, received):
    thing = owe(7, title="Visit the <b>schools</b>")
    [item] = page_of(received(owner)).xpath("//li")
    assert " ".join(item.text_content().split()) == (
        f"{thing.reference}: Visit the <b>schools</b> The action itself, 25 November 2026: due in 7 days"
    )
    assert item.xpath(".//a/@href") == [SITE + thing.get_absolute_url()]


def test_a_date_that_moved_says_from_where_and_how_often(owe, owner, clerk, received):
    owe(3).set_due_date(factories.ago(-7), by=clerk, reason="The Board agreed.")
    told, message = "(first 21 November 2026; moved 1 time, 4 days in all)", received(owner)
    assert told in text_of(message)
    assert told in " ".join(page_of(message).text_content().split())


def test_the_html_has_a_language_a_title_and_headings_in_order(owe, owner, received):
    owe(7)
    page = page_of(received(owner))
    assert (page.get("lang"), page.findtext(".//title")) == ("en-GB", "CSE Board: 1 coming due")
    assert [heading.tag for heading in page.xpath("//h1 | //h2 | //h3")] == ["h1", "h2"]


def test_nothing_in_the_html_is_fetched_from_elsewhere(owe, owner, received):
    owe(7)
    page = page_of(received(owner))
    assert (
        page.xpath("//@src | //link | //script | //style | //img | //@background | //@style[contains(., 'url')]") == []
    )


def test_the_subject_counts_and_names_nothing(owe, owner, received):
    owe(7), owe(-3), owe(0)
    assert received(owner)["Subject"] == "CSE Board: 1 overdue, 2 coming due"


def test_the_headers_tell_programs_what_this_is(owe, owner, received):
    owe(7)
    message = received(owner)
    stop_url = SITE + reverse("reminders-stop", args=[token_of(owner.mails.get())])
    assert {name: message[name] for name in ("From", "To", "Auto-Submitted", "List-Unsubscribe-Post")} == {
        "From": "scrutiny@example.org",
        "To": owner.email,
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert message["List-Unsubscribe"].strip() == f"<{stop_url}>"


def test_a_mail_is_called_the_same_however_often_it_is_tried(owe, owner, send, post):
    owe(7)
    post.answers[owner.email] = ["451 Try later"]
    send()
    mail = owner.mails.get()
    assert post.message_to(owner.email)["Message-ID"] == f"<reminder.20261118.{mail.pk}@example.org>"


def test_of_exempt_matter_only_reference_and_dates_are_sent(owe, owner, exempt_item, received, settings):
    thing = owe(-40, item=exempt_item, title="The contract with Larch House", text="That the contract with X ends.")
    message = received(owner)
    words = message.as_string() + text_of(message) + page_of(message).text_content()
    assert f"* {thing.reference}\n" in text_of(message)
    assert not [word for word in ("Larch", "ontract") if word in words]


def test_exempt_matter_is_not_told_to_anybody_else_either(owe, owner, clerk, member, exempt_item, send, post, settings):
    settings.ESCALATE_AFTER_DAYS = 7
    owner.manager_email = "head@example.org"
    owner.save()
    thing = owe(-40, item=exempt_item, title="The contract with Larch House")
    factories.make_following(thing, by=member)
    with clock.set_to_day(factories.ago(-1)):
        thing.change_progress(Progress.PAUSED, by=clerk, reason="Larch House asked for it.")
        send()
    assert post.recipients == sorted([owner.email, clerk.email, member.email, "head@example.org"])
    texts = [text_of(message) + page_of(message).text_content() for _, message in post.messages]
    assert [(thing.reference in text, "Larch" in text) for text in texts] == [(True, False)] * 4


def test_everything_for_one_address_is_in_one_mail(owe, owner, item, clerk, received):
    clerk.groups.add(*owner.groups.all())
    followed = owe(7, owner=clerk)
    factories.make_following(followed, by=clerk)
    owe(None)
    with clock.set_to_day(factories.ago(-1)):
        followed.change_progress(Progress.IN_PROGRESS, by=None, reason=factories.WHY)
        headings = [each.text_content() for each in page_of(received(clerk)).xpath("//h2")]
    assert headings == ["What is awaited from you", "What changed in what you follow", "What is stuck this week"]


def test_a_manager_without_an_account_is_greeted_without_a_name(owe, owner, send, post, settings):
    settings.ESCALATE_AFTER_DAYS = 7
    owner.manager_email = "head@example.org"
    owner.save()
    owe(-40, title="Visit the schools")
    send()
    text = text_of(post.message_to("head@example.org"))
    assert text.startswith("Hello,\n\nLONG OVERDUE\n")
    assert "from Olu Shah" in text
    assert reverse("your-mails") not in text


def test_who_stopped_them_is_sent_none(owe, owner, told_today):
    owe(7)
    MailPreference.turn(owner.email, is_stopped=True, by=owner)
    assert told_today() == {}


def test_who_wants_them_again_is_told_what_was_missed(owe, owner, told_today):
    owe(7)
    MailPreference.turn(owner.email, is_stopped=True, by=owner)
    MailPreference.turn(owner.email, is_stopped=False, by=owner)
    assert list(told_today()) == [owner.email]


def test_a_token_leads_to_its_mail_and_says_nothing_of_the_address(owner):
    mail = factories.make_mail(owner)
    assert mail_of(token_of(mail)) == mail
    assert token_of(mail).split(".")[0] == str(mail.pk)


@pytest.mark.parametrize("many", [1, 12])
def test_more_rows_cost_no_more_questions(many, owe, owner, other_officer, told_today, django_assert_max_num_queries):
    for _ in range(many):
        factories.make_report(owe(-9, owner=other_officer), due_on=factories.ago(1))
        owe(7)
    with django_assert_max_num_queries(16):
        assert len(told_today()[owner.email].owed) == many
