"""For whoever reads a list: the whole of it, filtered and sorted as the page, as a file."""

from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from recommendations import clock
from recommendations.contacts import words_for
from recommendations.exports import documents, lists, trackers, whole_history
from recommendations.exports.chunks import belonging, ids_of, in_chunks
from recommendations.exports.separated import separated
from recommendations.exports.tables import About, Part
from recommendations.exports.workbooks import workbook
from recommendations.models import AgendaItem, Evidence, FollowUpReport, ProgressUpdate, Recommendation, Witness
from recommendations.models.recommendations import slug_of
from recommendations.views import (
    account_events,
    follow_ups,
    meetings,
    organisations,
    recommendations,
    responses,
    witnesses,
)

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
EXEMPT = ("exempt_paragraph", "item__exempt_paragraph")


class Download:
    """Mixed into the view of a list, which says which rows, in which order, and what they are narrowed to."""

    # The name of the list's page, and of its file; what one sheet of it is called.
    page = ""
    name = ""
    # How to reach what makes a row exempt.
    exempt = tuple(f"recommendation__{path}" for path in EXEMPT)
    joined: tuple[str, ...] = ()
    # Asked for seldom; that of a board has rows of its own.
    is_known = False

    def get(self, request, *args, ending, **kwargs):
        if ending not in self.file_endings:
            raise Http404
        self.rows = self.get_queryset()
        if not self.filter.form.is_valid():
            return HttpResponseRedirect(f"{self.page_address()}?{request.GET.urlencode()}")
        make = {"csv": self.separated, "xlsx": self.workbook, "docx": self.document}[ending]
        return sent(make(), f"{self.file_name()}.{ending}", KINDS[ending])

    @property
    def reader(self):
        """Whose eyes the file is for."""
        return self.request.user

    def page_address(self):
        return reverse(self.page)

    def columns(self):
        raise NotImplementedError

    def fetch(self, ids):
        """Rows of these ids with everything that stands in a column."""
        return self.complete(self.get_rows().filter(id__in=ids))

    def whole(self):
        """Every row, asked for as it is read."""
        return in_chunks(ids_of(self.rows), self.fetch)

    # The formats

    def separated(self):
        def pieces():
            # The headings go out before the rows are even counted.
            yield from separated(self.readable(self.columns()), late(self.whole))

        return pieces()

    def workbook(self):
        return workbook(self.about(), self.in_readable_columns(self.sheets()))

    def document(self):
        return documents.document(self.about(), self.in_readable_columns(self.parts()))

    def in_readable_columns(self, parts):
        return [replace(part, columns=self.readable(part.columns)) for part in parts]

    def readable(self, columns):
        """The columns as this person may read them."""
        words = words_for(self.reader)
        return columns if words is str else tuple(reworded(column, words) for column in columns)

    def sheets(self):
        return [self.part(str(self.heading), self.columns(), self.rows)]

    def part(self, heading, columns, rows):
        ids = ids_of(rows)
        return Part(heading, columns, in_chunks(ids, self.fetch), len(ids), _("There is nothing to show."))

    # What the file says of itself

    def about(self):
        user = self.request.user
        who = user.full_name if user.is_authenticated else _("A visitor who had not signed in")
        return About(str(self.heading), self.on, tuple(self.described()), who, clock.now())

    def described(self):
        """What the file shows, in sentences."""
        exempt = [_("Holds exempt matter: not for publication.")] if self.holds_exempt() else []
        narrowed = [f"{label}: {value}" for label, value, address in self.filter.narrowed]
        return [*exempt, *(narrowed or [_("Everything")])]

    @property
    def on(self):
        return self.snapshot.on

    def holds_exempt(self):
        return self.rows.filter(marked(self.exempt)).exists()

    def among(self):
        """The rows, for a query to ask about."""
        return self.rows.order_by().values("id")

    def file_name(self):
        """ "SCSB-recommendations-2026-11-18": the board, the list, the day; what may not be published says so."""
        exempt = "not-for-publication" if self.holds_exempt() else ""
        return "-".join(filter(None, [self.code(), self.name, self.on.isoformat(), exempt]))

    def code(self):
        """Of the board that the list is narrowed to."""
        board = self.asked_for("board")
        return slug_of(board.code) if board else ""


def reworded(column, words):
    def value(row):
        said = column.value(row)
        return words(said) if isinstance(said, str) else said

    return replace(column, value=value)


def marked(paths):
    """What is exempt, by one of these ways to what says so."""
    return reduce(or_, (Q(**{f"{path}__isnull": False}) for path in paths))


def late(rows):
    """The rows of `rows()`, which is not called before the first of them is wanted."""
    yield from rows()


def sent(content, name, kind):
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return StreamingHttpResponse(content, content_type=kind, headers=headers)


class RecommendationsFile(Download, recommendations.Recommendations):
    """Every column in separated values and Excel, so that it can be brought in again; the board's own on paper."""

    page, name, exempt = "recommendations", "recommendations", EXEMPT
    heading = property(lambda self: _("Recommendations"))

    def columns(self):
        shown = trackers.COLUMNS.values()
        return tuple(column for column in shown if self.request.user.is_authenticated or column.name != "exempt")

    def paper_columns(self):
        return trackers.columns_of(self.asked_for("board"))

    def fetch(self, ids):
        return trackers.TrackerRows(self.snapshot).fetch(ids)

    def sheets(self):
        """Actions apart from recommendations, and what belongs to them on sheets of its own."""
        asked, actions = self.asked_and_actions(self.columns())
        reports = self.sheet_of(_("Follow-up reports"), lists.reports(self.on), self.snapshot.follow_ups)
        answers = self.sheet_of(_("Answers"), lists.answers(self.on), self.snapshot.responses, "regime", "organisation")
        return [asked, actions, reports, answers]

    def sheet_of(self, heading, columns, belonging_to, *named):
        """Of what belongs to the recommendations of the list, in their order."""

        def fetch(ids):
            rows = belonging_to(self.get_rows().filter(id__in=ids)).order_by("id")
            completed = self.snapshot.complete_with_recommendations(rows, joined=())
            prefetch_related_objects(completed, *named)
            return completed

        return Part(heading, columns, belonging(ids_of(self.rows), fetch), belonging_to(self.rows).count())

    def parts(self):
        """On paper: recommendations, then actions, where there are any."""
        parts = self.asked_and_actions(self.paper_columns())
        return [part for part in parts if part.count] or parts[:1]

    def asked_and_actions(self, columns):
        actions = self.rows.filter(kind=Recommendation.Kind.ACTION)
        asked = self.rows.exclude(kind=Recommendation.Kind.ACTION)
        return [self.part(_("Recommendations"), columns, asked), self.part(_("Actions"), columns, actions)]


class HistoryFile(RecommendationsFile):
    """What happened to the recommendations of the list, one line a change."""

    name, file_endings = "history", ("csv",)
    heading = property(lambda self: _("History"))

    def columns(self):
        return whole_history.COLUMNS

    def whole(self):
        return whole_history.lines(ids_of(self.rows), self.request.user, self.on)

    def holds_exempt(self):
        """Who is entitled reads the words of exempt updates and reports here."""
        among = {"recommendation__in": self.among(), "exempt_paragraph__isnull": False}
        kinds = (ProgressUpdate, FollowUpReport)
        return super().holds_exempt() or any(
            model.objects.visible_to(self.request.user).filter(**among).exists() for model in kinds
        )


class OneHistoryFile(HistoryFile):
    """Of one recommendation."""

    def get_rows(self):
        return super().get_rows().filter(id=self.thing.pk)

    def get(self, request, slug, ending):
        self.thing = get_object_or_404(Recommendation.objects.visible_to(request.user), slug=slug)
        return super().get(request, ending=ending)

    def file_name(self):
        return f"{self.thing.slug}-{super().file_name()}"


class FollowUpsFile(Download, follow_ups.FollowUps):
    page, name = "follow-ups", "follow-up-reports"
    heading = property(lambda self: _("Follow-up reports"))

    def columns(self):
        return lists.reports(self.on)


class AnswersFile(Download, responses.Answers):
    page, name = "answers", "answers"
    heading = property(lambda self: _("Answers"))

    def columns(self):
        return lists.answers(self.on)

    def complete(self, rows):
        rows = super().complete(rows)
        prefetch_related_objects(rows, "organisation")
        return rows


class OfToday(Download):
    """Of what has no past days to ask about."""

    on = property(lambda self: clock.today())

    def code(self):
        board = self.filter.form.cleaned_data.get("board")
        return slug_of(board.code) if board else ""


class MeetingsFile(OfToday, meetings.Meetings):
    page, name = "meetings", "meetings"
    heading = property(lambda self: _("Meetings"))

    def columns(self):
        return lists.MEETINGS

    def holds_exempt(self):
        """How much of a meeting is exempt is for those entitled alone, and it is counted here."""
        visible = AgendaItem.objects.visible_to(self.request.user).filter(meeting__in=self.among())
        asked = Recommendation.objects.visible_to(self.request.user).filter(item__meeting__in=self.among())
        return visible.filter(exempt_paragraph__isnull=False).exists() or asked.filter(marked(EXEMPT)).exists()


class WitnessesFile(OfToday, witnesses.Witnesses):
    page, name = "witnesses", "witnesses"
    heading = property(lambda self: _("Witnesses"))

    def columns(self):
        return lists.WITNESSES

    def holds_exempt(self):
        """Somebody may have spoken behind closed doors alone, or led to what was asked there."""
        user, among = self.request.user, self.among()
        spoken = Witness.objects.visible_to(user).filter(item__exempt_paragraph__isnull=False, person__in=among)
        led = Evidence.objects.of_witnesses(user).filter(marked(self.exempt), witness__person__in=among)
        return spoken.exists() or led.exists()


class AccountEventsFile(OfToday, account_events.Events):
    page, name = "account-events", "sign-ins-and-rights"
    heading = property(lambda self: _("Sign-ins and rights"))

    def columns(self):
        return lists.ACCOUNT_EVENTS

    def code(self):
        return ""

    def holds_exempt(self):
        return False


class OrganisationsFile(OfToday, organisations.Organisations):
    page, name = "organisations", "organisations"
    heading = property(lambda self: _("Organisations"))

    def columns(self):
        return lists.ORGANISATIONS

    def holds_exempt(self):
        """What was asked behind closed doors is counted here for those entitled."""
        return self.filter.responses.filter(marked(self.exempt), organisation__in=self.among()).exists()
