"""Claim, then send: a run that is repeated, refused, put off, cut off or too late never sends twice and loses nothing."""

import datetime
import smtplib

import pytest
from django.core.mail.backends.smtp import EmailBackend

from recommendations import clock
from recommendations.history import timeline
from recommendations.models import Mail, Refused
from recommendations.models.mails import PATIENCE, Delivery
from recommendations.reminders import sending
from recommendations.reminders.digests import digests_of
from tests import factories
from tests.reminders.post import HANG_UP

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def two(owe, owner, other_officer):
    """Something is due from two officers."""
    return owe(7), owe(7, owner=other_officer)


@pytest.fixture
def tomorrow():
    """The clock of the morning after."""
    return lambda: clock.set_to_day(factories.ago(-1), hour=7)


def test_everybody_is_sent_theirs(two, owner, other_officer, send, post):
    assert send() == {Delivery.SENT: 2}
    assert post.recipients == sorted([owner.email, other_officer.email])


@pytest.mark.usefixtures("two")
def test_a_second_run_sends_nothing(send, post):
    send()
    assert send() == {}
    assert len(post.messages) == 2


def test_nobody_is_sent_two_mails_on_a_day(owe, owner, send, post, tomorrow):
    owe(7)
    send()
    later = owe(20)
    assert send() == {}
    with tomorrow():
        assert send() == {Delivery.SENT: 1}
    assert later.reference in str(post.messages[-1][1])


# The mail server says no


def test_a_refused_recipient_does_not_stop_the_rest(two, owner, other_officer, send, post):
    post.answers[owner.email] = ["550 No such mailbox"]
    assert send() == {Delivery.REFUSED: 1, Delivery.SENT: 1}
    assert post.recipients == [other_officer.email]


@pytest.mark.usefixtures("two")
def test_a_refusal_is_kept_in_the_servers_words(owner, send, post):
    post.answers[owner.email] = [f"550 <{owner.email}> No such mailbox"]
    send()
    assert owner.mails.get().problem == "550 <this address> No such mailbox"


def test_what_was_refused_waits_for_its_next_occasion(owe, owner, send, post, tomorrow):
    owe(7)
    post.answers[owner.email] = ["550 No such mailbox"]
    send()
    with tomorrow():
        assert send() == {}


def test_an_address_that_is_put_right_is_told_at_once(owe, owner, send, post, tomorrow):
    owe(7)
    post.answers[owner.email] = ["550 No such mailbox"]
    send()
    owner.email = "o.shah@example.org"
    owner.save()
    with tomorrow():
        send()
    assert post.recipients == ["o.shah@example.org"]


def test_an_address_that_cannot_be_written_is_refused_like_any_other(two, owner, send, post, monkeypatch):
    whole = EmailBackend.send_messages

    def unwritable(backend, messages):
        if messages[0].to == [owner.email]:
            raise ValueError("No such characters in an address.")
        return whole(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", unwritable)
    assert send() == {Delivery.REFUSED: 1, Delivery.SENT: 1}


# It says not now


@pytest.mark.usefixtures("two")
def test_what_is_put_off_is_tried_again_after_the_others(owner, other_officer, send, post):
    first, second = sorted([owner.email, other_officer.email])
    post.answers[first] = ["451 Try later", "451 Try later"]
    assert send() == {Delivery.SENT: 2}
    assert [address for address, _ in post.messages] == [second, first]


@pytest.mark.usefixtures("two")
def test_after_a_few_attempts_it_is_left_to_the_next_run(owner, send, post):
    post.answers[owner.email] = ["451 Try later"] * 3
    assert send() == {Delivery.PUT_OFF: 1, Delivery.SENT: 1}
    assert (owner.mails.get().attempts, owner.mails.get().problem) == (3, "451 Try later")
    assert send() == {Delivery.SENT: 1}


def test_between_attempts_it_waits_longer_each_time(owe, owner, send, post, settings, monkeypatch):
    settings.REMIND_PAUSE_SECONDS = 5
    pauses = []
    monkeypatch.setattr(sending.time, "sleep", pauses.append)
    owe(7)
    post.answers[owner.email] = ["451 Try later"] * 3
    send()
    assert pauses == [5, 10]


def test_what_could_not_be_sent_all_day_is_told_the_next(owe, owner, send, post, tomorrow):
    thing = owe(7)
    post.answers[owner.email] = ["451 Try later"] * 3
    send()
    with tomorrow():
        assert send() == {Delivery.SENT: 1}
    assert f"{thing.reference}" in str(post.message_to(owner.email))
    assert [mail.delivery for mail in owner.mails.order_by("on")] == [Delivery.GIVEN_UP, Delivery.SENT]


# It is not there


@pytest.fixture
def nobody_listens(post, settings):
    """A server that answers nobody, until it is asked to."""
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    return lambda: setattr(settings, "EMAIL_PORT", port)


@pytest.mark.usefixtures("two")
def test_a_server_that_is_down_is_told_in_a_sentence(nobody_listens):
    became, refusal = sending.send_all(clock.today())
    assert (became[Delivery.SENT], str(refusal).split(" (")[0]) == (0, "The mail server takes no mail now")


@pytest.mark.usefixtures("two")
def test_nothing_is_lost_while_the_server_is_down(nobody_listens, send, post):
    send()
    nobody_listens()
    assert send() == {Delivery.SENT: 2}


@pytest.mark.usefixtures("two")
def test_a_server_that_takes_nothing_from_us_is_as_good_as_down(send, post):
    post.sender_answer = "550 We do not know this sender"
    became, refusal = sending.send_all(clock.today())
    assert (became[Delivery.SENT], "(550 We do not know this sender)" in str(refusal)) == (0, True)
    post.sender_answer = ""
    assert send() == {Delivery.SENT: 2}


# Somebody dies


def test_a_connection_that_breaks_off_leaves_it_unknown_and_is_not_tried_again(owe, owner, send, post, tomorrow):
    owe(7)
    post.answers[owner.email] = [HANG_UP]
    assert send() == {Delivery.UNKNOWN: 1}
    assert "not sent again" in owner.mails.get().problem
    with tomorrow():
        assert send() == {}


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def die(monkeypatch, owe, send):
    """A run that is killed as it calls `method`, with something to send; then so much time passes."""

    def run(where, method, wait):
        thing = owe(7)
        with monkeypatch.context() as patch:
            patch.setattr(where, method, lambda *args: (_ for _ in ()).throw(Killed()))
            with pytest.raises(Killed):
                send()
        return thing, clock.set_to(clock.now() + wait)

    return run


SOON, LATER = datetime.timedelta(minutes=1), PATIENCE + datetime.timedelta(minutes=1)


def test_killed_between_claim_and_sending_the_next_run_goes_on_with_it(die, owner, send, post):
    _, later = die(Mail, "hand_over", LATER)
    with later:
        assert send() == {Delivery.SENT: 1}
    assert owner.mails.count() == 1


def test_a_claim_that_is_fresh_may_be_that_of_a_run_that_still_lives(die, send, post):
    _, soon = die(Mail, "hand_over", SOON)
    with soon:
        assert send() == {}


@pytest.mark.parametrize("wait", [SOON, LATER, datetime.timedelta(days=1)])
def test_killed_while_sending_it_is_never_sent_again(die, send, post, wait):
    _, later = die(EmailBackend, "send_messages", wait)
    with later:
        assert send() == {}
    assert post.messages == []


def test_killed_between_claim_and_sending_a_later_day_tells_it(die, owner, send, post):
    thing, later = die(Mail, "hand_over", datetime.timedelta(days=1))
    with later:
        assert send() == {Delivery.SENT: 1}
    assert f"{thing.reference}" in str(post.message_to(owner.email))


def test_a_run_that_was_taken_for_dead_sends_nothing(owe, send, post, monkeypatch):
    owe(7)
    [digest] = digests_of(clock.today())
    opened = sending.opened

    def slowly(mail, backend):
        with clock.set_to(clock.now() + LATER):
            monkeypatch.setattr(sending, "opened", opened)
            send()
        return opened(mail, backend)

    monkeypatch.setattr(sending, "opened", slowly)
    assert sending.send(digest) is None
    assert len(post.messages) == 1


def test_what_another_run_has_claimed_is_left_to_it(owe, owner, post):
    owe(7)
    [digest] = digests_of(clock.today())
    factories.make_mail(owner, became="claimed")
    assert sending.send(digest) is None


# On record


def test_what_was_sent_stands_on_the_timeline_without_the_address(owe, owner, clerk, send, post):
    thing = owe(7)
    factories.make_report(thing, due_on=factories.ago(3))
    send()
    told = [entry.what for entry in timeline(thing, clerk) if entry.who == "The system"][:2]
    assert sorted(told) == [
        "Reminder sent to Olu Shah: due in 7 days",
        "Reminder sent to Olu Shah: follow-up report 1, 3 days overdue",
    ]


@pytest.mark.parametrize("answer", ["550 No such mailbox", HANG_UP])
def test_what_was_not_sent_does_not(owe, owner, clerk, send, post, answer):
    thing = owe(7)
    post.answers[owner.email] = [answer]
    send()
    assert [entry.what for entry in timeline(thing, clerk)] == ["Recorded from the minutes"]


@pytest.mark.parametrize("name", sending.NEEDED)
def test_without_its_settings_nothing_is_sent_and_the_sentence_names_them(settings, name):
    setattr(settings, name, "")
    with pytest.raises(Refused, match=name):
        sending.must_be_set_up()


def test_a_goodbye_that_fails_changes_nothing(owe, send, post, monkeypatch):
    def close_badly(backend, close=EmailBackend.close):
        close(backend)
        raise smtplib.SMTPException

    monkeypatch.setattr(EmailBackend, "close", close_badly)
    owe(7)
    assert send() == {Delivery.SENT: 1}
