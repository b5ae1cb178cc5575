"""What the database itself refuses, whoever writes to it: each constraint, broken behind the model's back."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F, UniqueConstraint

from recommendations import clock
from recommendations.models import Answer, HandOver, LinkUse, Progress
from recommendations.models.exempt import Exemptable
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = factories.ago(0)


def ended_board():
    return factories.make_board(ended_on=TODAY)


def closed():
    return factories.make_recommendation(progress=Progress.IMPLEMENTED)


def submitted():
    return factories.make_report(submitted_by=factories.make_clerk())


def waived():
    report = factories.make_report()
    return report.waive(by=None, reason="No longer wanted.")


def answered():
    return factories.make_response(answer=Answer.ACCEPTED)


def adopted():
    """Adopted behind the model's back as well: adopting is the reader's business."""
    draft, meeting = factories.make_draft(), factories.make_meeting()
    type(draft).objects.filter(pk=draft.pk).update(state="adopted", meeting=meeting)
    return draft


def claimed():
    return factories.make_draft().claim(by=factories.make_clerk())


def granted():
    asked = factories.make_asked_date()
    return asked.grant(by=factories.make_clerk())


def hand_over():
    return HandOver.make(
        factories.make_board(),
        factories.make_board("HTSB", "Highways Board"),
        by=factories.make_clerk(),
        ended_on=TODAY,
    )


def membership():
    return factories.make_membership(factories.make_person(), factories.make_board(), until=TODAY)


def feed_of_a_board():
    return factories.make_feed(board=factories.make_board())


def view_that_opens_first():
    return factories.make_saved_view(opens_first=True)


def mention():
    return factories.make_mail().mentions.get()


# (constraint, a record that keeps it, what would break it)
CHECKS = [
    ("a_board_does_not_succeed_itself", ended_board, {"successor": F("id")}),
    ("a_successor_is_named_only_when_a_board_has_ended", factories.make_board, {"successor": "another"}),
    ("a_regime_counts_in_months_or_in_days_not_both", lambda: factories.make_regime(months=2), {"days": 56}),
    ("e_mail_addresses_are_kept_in_lower_case", factories.make_person, {"email": "Pat.Hill@example.org"}),
    ("mail_addresses_are_kept_in_lower_case", factories.make_mail, {"address": "Pat.Hill@example.org"}),
    ("nobody_is_merged_into_themselves", factories.make_speaker, {"merged_into": F("id")}),
    ("a_membership_ends_after_it_began", membership, {"until": "2019-01-01"}),
    ("closing_day_and_meeting_are_set_together", closed, {"closed_at": None}),
    ("a_recommendation_is_closed_on_a_day_or_open", closed, {"progress": "in_progress"}),
    ("a_recommendation_is_closed_on_a_day_or_open", closed, {"progress": "made_up"}),
    ("a_recommendation_is_closed_on_a_day_or_open", factories.make_recommendation, {"progress": "closed_superseded"}),
    ("recommendation_keeps_its_first_due_date", factories.make_recommendation, {"due_on": TODAY}),
    ("recommendation_keeps_its_first_due_date", factories.make_recommendation, {"original_due_on": TODAY}),
    ("recommendation_moves_only_a_date_it_has", factories.make_recommendation, {"times_moved": 1}),
    ("followupreport_keeps_its_first_due_date", factories.make_report, {"due_on": TODAY}),
    ("followupreport_moves_only_a_date_it_has", factories.make_report, {"times_moved": 1}),
    ("a_report_is_submitted_on_a_day_by_somebody", factories.make_report, {"submitted_on": TODAY}),
    ("a_report_is_submitted_on_a_day_by_somebody", submitted, {"submitted_by": None}),
    ("a_report_is_received_at_a_meeting_with_a_verdict", submitted, {"received_on": TODAY}),
    ("a_report_is_received_at_a_meeting_with_a_verdict", submitted, {"verdict": "accepted"}),
    ("a_report_is_received_at_a_meeting_with_a_verdict", factories.make_received_report, {"received_at": None}),
    (
        "a_report_is_received_only_after_it_was_submitted",
        factories.make_received_report,
        {"submitted_on": None, "submitted_by": None},
    ),
    ("a_report_is_submitted_or_waived_not_both", submitted, {"waived_on": TODAY}),
    ("a_date_change_goes_to_another_day", factories.make_asked_date, {"to_on": F("from_on")}),
    ("a_date_change_is_decided_on_a_day_or_waiting", factories.make_asked_date, {"decision": "granted"}),
    ("a_date_change_is_decided_on_a_day_or_waiting", granted, {"decision": "waiting"}),
    ("a_clock_runs_from_a_notice", factories.make_response, {"due_on": TODAY}),
    ("an_answer_has_its_day_and_no_answer_has_none", factories.make_response, {"answer": "noted"}),
    ("an_answer_has_its_day_and_no_answer_has_none", answered, {"answer": "awaiting"}),
    ("a_board_hands_over_to_another_one", hand_over, {"to_board": F("from_board")}),
    (
        "an_old_tracker_is_brought_in_or_discarded_not_both",
        factories.make_tracker,
        {"brought_in_on": TODAY, "discarded_on": TODAY},
    ),
    ("an_update_is_said_by_a_person_or_through_a_link", factories.make_update, {"said_by": None}),
    ("evidence_is_a_point_or_a_witness", factories.make_evidence, {"point": None}),
    ("an_adopted_draft_has_its_meeting", factories.make_draft, {"state": "adopted"}),
    ("an_adopted_draft_has_its_date", adopted, {"held_on": None}),
    ("a_claim_says_who_since_when_and_until_when", claimed, {"claimed_by": None}),
    ("a_claim_says_who_since_when_and_until_when", claimed, {"claimed_at": None}),
    ("a_claim_says_who_since_when_and_until_when", claimed, {"claimed_until": None}),
    ("an_adopted_draft_has_its_meeting", adopted, {"state": "discarded"}),
    *(
        (f"{name}_names_a_paragraph_of_schedule_12a", make, {"exempt_paragraph": paragraph})
        for paragraph in (0, 8)
        for name, make in {
            "agendaitem": factories.make_item,
            "recommendation": factories.make_recommendation,
            "followupreport": factories.make_report,
            "progressupdate": factories.make_update,
        }.items()
    ),
]

# (constraint, how to make a pair, the fields that they may not share)
PAIRS = [
    ("a_board_holds_one_meeting_a_day", factories.make_meeting, {"held_on": factories.ago(9)}, ["board", "held_on"]),
    ("an_item_number_is_used_once_in_a_meeting", factories.make_item, {}, ["meeting", "number"]),
    ("follow_up_reports_are_numbered_once", factories.make_report, {}, ["recommendation", "number"]),
    ("an_addressee_answers_a_recommendation_once", factories.make_response, {}, ["recommendation", "addressee"]),
    ("a_point_is_evidence_once", factories.make_evidence, {}, ["recommendation", "point"]),
    ("a_person_follows_a_recommendation_once", factories.make_following, {}, ["user", "recommendation"]),
    ("a_person_has_one_feed_of_their_own", factories.make_feed, {}, ["user"]),
    ("a_person_has_one_feed_of_a_board", feed_of_a_board, {}, ["user"]),
    ("an_address_is_sent_one_mail_a_day", factories.make_mail, {}, ["address", "on"]),
    ("an_occasion_is_told_to_an_address_once", mention, {}, ["address", "occasion"]),
    ("a_person_has_one_view_of_a_name", factories.make_saved_view, {"name": "Mine"}, ["user", "name"]),
    ("one_view_of_a_list_opens_first", view_that_opens_first, {}, ["user"]),
    ("the_same_minutes_are_drafted_once", factories.make_draft, {}, ["digest"]),
]


def constraints(kind):
    """The names of all constraints of that kind, but those of the history tables."""
    models = apps.get_app_config("recommendations").get_models()
    return {each.name for model in models for each in model._meta.constraints if isinstance(each, kind)}


def broken(record, **values):
    """Written past the model."""
    with transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize(("name", "make", "values"), CHECKS, ids=lambda value: value if isinstance(value, str) else "")
def test_the_database_keeps_its_checks(name, make, values):
    record = make()
    if values.get("successor") == "another":
        values = {"successor": factories.make_board("HTSB", "Highways Board")}
    with pytest.raises(IntegrityError, match=name):
        broken(record, **values)


@pytest.mark.parametrize(("name", "make", "other", "fields"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_the_database_keeps_what_is_unique(name, make, other, fields):
    first, second = make(), make(**other)
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        broken(second, **{field: getattr(first, field) for field in fields})


def test_a_witness_is_evidence_once():
    first = factories.make_evidence(witness=factories.make_witness())
    second = factories.make_evidence(first.recommendation, witness=factories.make_witness())
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        broken(second, witness=first.witness)


def test_a_link_answers_a_row_once(clerk):
    police = factories.make_organisation()
    response = factories.make_response(organisation=police)
    link, _ = factories.make_link(police, by=clerk)
    response.answer_with(Answer.ACCEPTED, by=None, through=link)
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        LinkUse(link=link, response=response, used_at=clock.now()).save()


def test_a_recommendation_is_handed_over_once_at_a_time(board):
    opened = factories.make_recommendation(factories.make_item(factories.make_meeting(board)))
    passed = hand_over().rows.get()
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        type(passed)(hand_over=passed.hand_over, recommendation=opened, version=1).save()


def test_a_board_has_one_counter_for_a_letter_and_year(board):
    board.next_reference("R", TODAY)
    board.next_reference("A", TODAY)
    counter = apps.get_model("recommendations", "ReferenceCounter").objects.get(letter="A")
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        broken(counter, letter="R")


def test_a_reference_is_used_once():
    first, second = factories.make_recommendation(), factories.make_recommendation()
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        broken(second, reference=first.reference)


def test_minutes_that_were_discarded_may_be_entered_again(clerk):
    first = factories.make_draft("The Board met.", by=clerk)
    first.discard(by=clerk, reason="The wrong board.")
    assert factories.make_draft("The Board met.", by=clerk).digest == first.digest


def test_every_check_is_broken_here():
    assert {name for name, _, _ in CHECKS} == constraints(CheckConstraint)


def test_everything_unique_is_tried_here():
    alone = {
        "a_link_answers_a_row_once",
        "a_recommendation_is_handed_over_once_at_a_time",
        "a_witness_is_evidence_once",
        "one_counter_for_a_board_letter_and_year",
    }
    assert {pair[0] for pair in PAIRS} | alone == constraints(UniqueConstraint)


def test_every_constraint_tells_a_person_what_to_do():
    """A form shows this sentence; the library's own names the constraint."""
    models = apps.get_app_config("recommendations").get_models()
    checks = [each for model in models for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    assert not [each.name for each in checks if "is violated" in str(each.violation_error_message)]


def test_whatever_may_be_exempt_names_a_paragraph():
    models = apps.get_app_config("recommendations").get_models()
    assert {model.__name__ for model in models if issubclass(model, Exemptable)} == {
        "AgendaItem", "FollowUpReport", "ProgressUpdate", "Recommendation",
    }  # fmt: skip
