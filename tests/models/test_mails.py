"""A mail is claimed before it is sent, becomes only what the table allows, and is on record whatever becomes of it."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError

from recommendations import clock
from recommendations.models import Mail, MailPreference, Mention
from recommendations.models.mails import DELIVERY_CHANGES, PATIENCE, Delivery, Taken
from tests import factories

pytestmark = pytest.mark.usefixtures("today")
VERBS = {
    Delivery.SENDING: lambda mail: mail.hand_over(),
    Delivery.SENT: lambda mail: mail.arrive(),
    Delivery.REFUSED: lambda mail: mail.be_refused("550 No such mailbox"),
    Delivery.UNKNOWN: lambda mail: mail.lose_sight("Connection lost"),
    Delivery.PUT_OFF: lambda mail: mail.put_off("451 Try later"),
    Delivery.GIVEN_UP: lambda mail: mail.give_up(),
}


def in_state(delivery):
    mail = factories.make_mail(became="put_off" if delivery == Delivery.GIVEN_UP else delivery)
    if delivery == Delivery.GIVEN_UP:
        mail.give_up()
    return mail


def told_once(*keys):
    return [SimpleNamespace(key=key, words="Reminder sent", recommendation=None) for key in keys]


def claim(address="olu.shah@example.org", keys=("due:action:1",), on=None):
    return Mail.claim(address, on=on or clock.today(), subject="1 overdue", occasions=told_once(*keys))


@pytest.mark.parametrize("to", VERBS)
@pytest.mark.parametrize("now", Delivery)
def test_a_mail_becomes_only_what_the_table_allows(db, now, to):
    mail = in_state(now)
    if to in DELIVERY_CHANGES.get(now, ()):
        VERBS[to](mail)
    else:
        with pytest.raises(Taken):
            VERBS[to](mail)
    assert Mail.objects.get().delivery == (to if to in DELIVERY_CHANGES.get(now, ()) else now)


@pytest.mark.parametrize(
    ("delivery", "is_finished"),
    [("claimed", False), ("sending", False), ("put_off", False), ("sent", True), ("refused", True), ("unknown", True)],
)
def test_a_mail_is_finished_when_nothing_more_is_done_about_it(db, delivery, is_finished):
    assert (in_state(Delivery(delivery)).finished_at is not None) == is_finished


def test_an_address_is_claimed_once_a_day(db):
    assert claim() is not None
    assert claim(keys=["another"]) is None


def test_the_next_day_is_another_mail(db, today):
    claim()
    assert claim(keys=["another"], on=today + datetime.timedelta(days=1)) is not None


def test_what_was_told_once_is_not_claimed_again_on_another_day(db, today):
    claim(keys=["due:action:1"])
    assert claim(keys=["new", "due:action:1"], on=today + datetime.timedelta(days=1)) is None
    assert Mail.objects.count() == 1


def test_a_mail_that_was_put_off_is_claimed_again_with_what_is_to_be_told_by_then(db):
    mail = claim(keys=["first"])
    mail.put_off("451 Try later")
    again = claim(keys=["second"])
    assert (again, again.problem) == (mail, "")
    assert list(Mention.objects.that_count().values_list("occasion", flat=True)) == ["second"]


def test_what_is_told_of_somebody_with_a_very_long_name_is_cut_to_fit(db):
    mail = factories.make_mail(words="C" * 300)
    assert len(mail.mentions.get().words) == 200


def test_every_attempt_is_counted(db):
    mail = factories.make_mail(became="put_off")
    assert mail.attempts == 0
    mail = claim(mail.address)
    mail.hand_over()
    assert mail.attempts == 1


def test_a_run_that_slept_while_another_took_its_mail_does_not_send_it(db):
    mine = claim()
    with clock.set_to(clock.now() + 2 * PATIENCE):
        Mail.clear_up(clock.today())
        assert claim() is not None
        with pytest.raises(Taken):
            mine.hand_over()


# What runs that died have left


def after(wait, delivery):
    """What a mail in that state has become, once somebody clears up so much later."""
    mail = factories.make_mail(became=delivery)
    with clock.set_to(clock.now() + wait):
        Mail.clear_up(clock.today())
    mail.refresh_from_db()
    return mail


MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("delivery", "wait", "left"),
    [
        ("claimed", PATIENCE - MINUTE, "claimed"),
        ("claimed", PATIENCE + MINUTE, "put_off"),
        ("claimed", DAY, "given_up"),
        ("sending", PATIENCE - MINUTE, "sending"),
        ("sending", PATIENCE + MINUTE, "unknown"),
        ("sending", DAY, "unknown"),
        ("put_off", MINUTE, "put_off"),
        ("put_off", DAY, "given_up"),
        ("sent", DAY, "sent"),
        ("refused", DAY, "refused"),
    ],
)
def test_a_mail_that_was_left_is_seen_to(db, delivery, wait, left):
    assert after(wait, delivery).delivery == left


@pytest.mark.parametrize(("delivery", "counts"), [("claimed", 0), ("put_off", 0), ("sending", 1), ("refused", 1)])
def test_only_what_surely_never_went_out_may_be_told_again(db, delivery, counts):
    assert after(DAY, delivery).mentions.that_count().count() == counts


@pytest.mark.parametrize(("delivery", "word"), [("claimed", "before it was sent"), ("sending", "not sent again")])
def test_the_record_says_why(db, delivery, word):
    assert word in after(DAY, delivery).problem


def test_a_mail_that_somebody_takes_meanwhile_is_left_to_them(db, monkeypatch):
    mail = factories.make_mail(became="put_off", on=factories.ago(1))
    monkeypatch.setattr(Mail, "give_up", lambda self: (_ for _ in ()).throw(Taken()))
    Mail.clear_up(clock.today())
    assert Mail.objects.get(pk=mail.pk).delivery == Delivery.PUT_OFF


# On record


def test_what_the_server_said_is_kept_without_the_address(db, owner):
    said = f"550 <{owner.email.upper()}>: no such mailbox"
    assert factories.make_mail(owner, became="refused", problem=said).problem == "550 <this address>: no such mailbox"


def test_a_mail_is_to_somebody_by_name(db, owner):
    assert factories.make_mail(owner).to == "Olu Shah"
    assert factories.make_mail(address="boss@example.org").to == "A manager without an account"


def test_a_mail_and_what_it_told_say_what_they_are(db, owner, today):
    mail = factories.make_mail(owner, words="Reminder sent to Olu Shah: due today")
    assert str(mail) == "CSE Board: 1 overdue (2026-11-18, sent)"
    assert str(mail.mentions.get()) == f"Reminder sent to Olu Shah: due today ({owner.email})"


@pytest.mark.parametrize(("days", "is_counted"), [(0, True), (28, True), (29, False)])
def test_a_refusal_is_the_clerks_business_for_four_weeks(db, owner, days, is_counted):
    factories.make_mail(owner, became="refused", on=factories.ago(days))
    assert Mail.objects.refused_lately().exists() == is_counted


def test_a_refusal_is_forgotten_once_a_mail_gets_through(db, owner):
    factories.make_mail(owner, became="refused", on=factories.ago(7))
    factories.make_mail(owner, became="sent", on=factories.ago(0))
    assert not Mail.objects.refused_lately().exists()


# Whether one wants any


def test_stopping_twice_changes_nothing(db, owner):
    for _ in range(2):
        preference = MailPreference.turn(owner.email, is_stopped=True, by=owner)
    assert (preference.version, preference.history.count()) == (1, 1)


def test_letting_them_come_again_is_a_second_change_of_the_same_record(db, owner):
    MailPreference.turn(owner.email, is_stopped=True, by=owner)
    preference = MailPreference.turn(owner.email, is_stopped=False, by=None, reason="Through the link.")
    told = [(row.is_stopped, row.history_user, row.history_change_reason) for row in preference.history.all()]
    assert told == [(False, None, "Through the link."), (True, owner, None)]


def test_nobody_has_stopped_them_who_never_said_so(db, owner):
    assert not MailPreference.is_stopped_for(owner.email)
    assert str(MailPreference.turn(owner.email, is_stopped=False, by=owner)) == f"{owner.email}: reminders"


def test_who_stopped_them_has(db, owner):
    assert str(MailPreference.turn(owner.email, is_stopped=True, by=owner)) == f"{owner.email}: no reminders"
    assert MailPreference.is_stopped_for(owner.email)


def test_the_first_word_about_an_address_may_be_said_twice_at_one_moment(owner, monkeypatch):
    first, raced = MailPreference._turn, []

    def overtaken(*args, **kwargs):
        preference = first(*args, **kwargs)
        if not raced:
            raced.append(preference)
            raise IntegrityError
        return preference

    monkeypatch.setattr(MailPreference, "_turn", overtaken)
    assert MailPreference.turn(owner.email, is_stopped=True, by=owner) == raced[0]
    assert MailPreference.history.count() == 1
