"""From a draft of minutes to the records of its meeting: all of them, or none."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from recommendations.minutes import drafts, readiness
from recommendations.minutes.acquaintances import Acquaintances
from recommendations.minutes.known_organisations import KnownOrganisations, plain
from recommendations.models import (
    AgendaItem,
    AttendanceChange,
    DiscussionPoint,
    Evidence,
    FollowUpReport,
    Meeting,
    MinutesDraft,
    Recommendation,
    Refused,
    Resolution,
    Response,
    ResponseRegime,
    Stale,
    Witness,
)

Kind = Recommendation.Kind


def adopt(draft: MinutesDraft, *, by, version=None) -> Meeting:
    """Make the records of the draft, under their meeting. Adopting twice adds nothing."""
    with draft.locked():
        if draft.meeting is not None:
            return draft.meeting
        if version not in (None, draft.version):
            raise Stale(draft, version)
        draft.must_be_open_to(by)
        if problems := readiness.problems(draft):
            raise Refused(" ".join(problem.sentence for problem in problems))
        meeting = meeting_of(draft, by=by)
        # Two drafts of one meeting are adopted one after the other, so that item numbers and positions are right.
        with meeting.locked():
            people = Acquaintances()
            for _, item in drafts.adoptable(draft.content):
                Adoption(draft, meeting, item, people, by).make_records()
        draft.become_adopted(meeting, by=by)
    return meeting


def meeting_of(draft: MinutesDraft, *, by) -> Meeting:
    key = {"board": draft.board, "held_on": draft.held_on}
    meeting = Meeting.objects.filter(**key).first()
    if meeting is None:
        try:
            with transaction.atomic():
                return Meeting(**key).record(by=by, reason=_("Made when its minutes were adopted"))
        except IntegrityError:
            # Another clerk adopts minutes of the same new meeting at this moment.
            meeting = Meeting.objects.get(**key)
    return meeting


class Adoption:
    """One item on its way from a draft to the records, which remember their line and tell where they are from."""

    def __init__(self, draft, meeting, item, people, by):
        self.draft, self.meeting, self.item, self.people, self.by = draft, meeting, item, people, by
        # Ids of findings → the records that others refer to.
        self.points: dict[int, DiscussionPoint] = {}
        self.witnesses: dict[int, Witness] = {}

    def make_records(self):
        self.agenda_item = self.make_agenda_item()
        for position, found in enumerate(drafts.live(self.item, "witness"), 1):
            self.witnesses[found["id"]] = self.make_witness(found, position)
        for position, found in enumerate(drafts.live(self.item, "point"), 1):
            words = {"number": found["number"], "text": found["text"]}
            self.points[found["id"]] = self.keep(DiscussionPoint, found, position, **words)
        for kind, model in (("resolution", Resolution), ("attendance", AttendanceChange)):
            for position, found in enumerate(drafts.live(self.item, kind), 1):
                self.keep(model, found, position, text=found["text"])
        self.make_recommendations()

    def make_witness(self, found, position):
        # A post alone is a witness, and nobody who could be met again.
        person = self.people.meet(found, by=self.by, reason=origin_of(found)) if found["name"] else None
        names = {name: found[name] for name in ("name", "role", "organisation")}
        return self.keep(Witness, found, position, person=person, as_printed=found["text"], **names)

    def make_agenda_item(self):
        item = AgendaItem(
            meeting=self.meeting,
            number=self.item["number"],
            title=drafts.text_of(self.item, "title"),
            purpose=drafts.text_of(self.item, "purpose") or "",
            # Nobody recorded any (null) is not the same as nobody declared any ("None").
            declarations=drafts.text_of(self.item, "declarations"),
            exempt_paragraph=self.item["exempt_paragraph"],
            draft=self.draft,
        )
        return item.record(by=self.by, reason=_("Adopted from the minutes"))

    def keep(self, model, found, position, **fields):
        """Make one record of the item, with where it stood in the minutes."""
        record = model(item=self.agenda_item, line=found["line"], position=position, **fields)
        return record.record(by=self.by, reason=origin_of(found))

    def make_recommendations(self):
        asked = drafts.live(self.item, *drafts.ASKED)
        addressed = any(found["addressees"] for found in asked)
        self.organisations = KnownOrganisations() if addressed else None
        for position, found in enumerate(asked, 1):
            recommendation = self.make_recommendation(found, position)
            self.link_evidence(recommendation, found)
            if recommendation.kind != Kind.ACTION:
                self.expect_answers(recommendation, found)
            if recommendation.kind == Kind.REPORT_BACK:
                due_on = drafts.date_of(found["due_on"])
                FollowUpReport.order(
                    recommendation, by=self.by, due_on=due_on, repeats=found.get("repeats"), reason=origin_of(found)
                )

    def make_recommendation(self, found, position):
        kind = Kind.ACTION if found["kind"] == "action" else Kind(found["ask"] or Kind.DO)
        # The date of something to be reported back is that of the report.
        due_on = None if kind == Kind.REPORT_BACK else drafts.date_of(found["due_on"])
        letter = "A" if kind == Kind.ACTION else "R"
        return self.keep(
            Recommendation, found, position, kind=kind, board=self.meeting.board.now,
            reference=self.meeting.board.next_reference(letter, self.meeting.held_on),
            number=found["number"], text=found["text"], title=found["title"] or drafts.short_title(found["text"]),
            owner_id=found["owner"], due_on=due_on, original_due_on=due_on,
            exempt_paragraph=found["exempt_paragraph"] or self.item["exempt_paragraph"],
        )  # fmt: skip

    def link_evidence(self, recommendation, found):
        for pk in found["evidence"]:
            link = Evidence(recommendation=recommendation, point=self.points.get(pk), witness=self.witnesses.get(pk))
            # What was ticked may have been dropped, or have become something else, since.
            if link.point or link.witness:
                link.record(by=self.by, reason=origin_of(found))

    def expect_answers(self, recommendation, found):
        """One response for each addressee, under the rule of its organisation; without a clock where none is known."""
        for addressee in {plain(name): name for name in found["addressees"]}.values():
            organisation = self.organisations.find(addressee)
            regime = organisation.regime if organisation else no_regime()
            response = Response(
                recommendation=recommendation, addressee=addressee, organisation=organisation, regime=regime
            )
            response.record(by=self.by, reason=origin_of(found))


def no_regime() -> ResponseRegime:
    try:
        return ResponseRegime.objects.get(code="none")
    except ResponseRegime.DoesNotExist:
        raise Refused(_("The rule “none” for answers is missing. Ask an administrator to add it.")) from None


def origin_of(found) -> str:
    line = _(", line %(line)s") % {"line": found["line"]} if found["line"] else _(", added by hand")
    return _("Adopted from the minutes%(line)s") % {"line": line}
