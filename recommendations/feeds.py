"""What calendars and news readers fetch: a diary as iCalendar, lists as Atom. The same for the same records, byte for byte."""

import datetime
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event, vDuration, vText

from recommendations import clock
from recommendations.contacts import without_contacts
from recommendations.history import day
from recommendations.models.diary import ACTION, ANSWER, MEETING, REPORT
from recommendations.words import count_of, language_tag

# How often a calendar program should ask; few heed it.
ASK_EVERY = datetime.timedelta(hours=1)
CATEGORIES = {
    REPORT.name: _("Follow-up report"),
    ACTION.name: _("Action"),
    ANSWER.name: _("Answer"),
    MEETING: _("Meeting"),
}
# XML knows no control characters, nor do calendars; and a title is one line.
UNPRINTABLE = dict.fromkeys([*range(32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], " ")


def calendar_of(diary, *, name, site):
    """The diary as an iCalendar file. `site`: the address of this site, without a slash at its end."""
    calendar = Calendar()
    calendar.add("prodid", "-//CSE Board//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("name", vText(name))
    # What programs read that do not know "name" and "refresh-interval" yet.
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-published-ttl", vDuration(ASK_EVERY))
    calendar.add("refresh-interval", ASK_EVERY, parameters={"VALUE": "DURATION"})
    for entry in diary.entries():
        calendar.add_component(event_of(entry, diary, site))
    return calendar.to_ical()


def event_of(entry, diary, site):
    """One day of a calendar, during which nobody is busy. Without a record: that it is over, and nothing else."""
    event = Event()
    event.add("uid", f"{entry.name}@{host_of(site)}")
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_over else "CONFIRMED")
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + datetime.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    # When it changed, not when it was asked for, so that an unchanged calendar is an equal file.
    for name in ("dtstamp", "last-modified"):
        event.add(name, entry.changed_at.astimezone(datetime.UTC).replace(microsecond=0))
    event.add("summary", clean(summary_of(entry)))
    if entry.record is not None:
        event.add("categories", [CATEGORIES[entry.kind]])
        event.add("description", "\n".join(map(clean, told_of(entry))))
        if entry.kind == MEETING and entry.record.place:
            event.add("location", clean(entry.record.place))
        event.add("url", site + entry.record.get_absolute_url())
    return event


def summary_of(entry):
    if entry.kind == MEETING:
        return _("Meeting: %(board)s") % {"board": entry.record.board}
    state = _("No longer due") if entry.is_over else _("Due")
    return f"{state}: {thing_of(entry)}" if entry.record else state


def thing_of(entry):
    """ "follow-up report 1 on SCSB R1/27: short title"; of what is exempt the reference alone, also for those entitled."""
    record, subject = entry.record, subject_of(entry)
    what = subject.reference
    if entry.kind == REPORT.name:
        what = _("follow-up report %(number)s on %(what)s") % {"number": record.number, "what": what}
    if entry.kind == ANSWER.name:
        what = (
            _("answer to %(what)s") % {"what": what}
            if subject.is_restricted
            else _("answer of %(addressee)s to %(what)s") % {"addressee": record.addressee, "what": what}
        )
    return _("%(what)s (exempt)") % {"what": what} if subject.is_restricted else f"{what}: {subject.title}"


def subject_of(entry):
    return entry.record if entry.kind == ACTION.name else entry.record.recommendation


def told_of(entry):
    """The lines under the summary: whose it is, and how the date moved. No personal contact."""
    if entry.kind == MEETING:
        return [str(entry.record)]
    subject, dated = subject_of(entry), entry.record
    lines = [
        _("Owner: %(owner)s") % {"owner": subject.owner.get_full_name() if subject.owner else _("nobody yet")},
        _("Board: %(board)s") % {"board": subject.board},
    ]
    if moved := getattr(dated, "times_moved", 0):
        times = count_of(moved, _("time,times"))
        lines.append(_("First due %(day)s; moved %(times)s.") % {"day": day(dated.original_due_on), "times": times})
    return lines


# Atom


class Atom(Atom1Feed):
    """An empty list is as old as the day, not as the second in which it was fetched."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else clock.end_of(clock.today() - datetime.timedelta(days=1))


def overdue_atom(reports, *, site, board=None):
    """Follow-up reports that are overdue, each since the end of its due day."""
    feed = news(
        _("Overdue follow-up reports"), "overdue", reverse("follow-ups") + "?only=overdue", site=site, board=board
    )
    for report in reports:
        subject = report.recommendation
        owner = subject.owner.get_full_name() if subject.owner else _("nobody yet")
        moved = (
            _(" First due %(original_due_on)s.") % {"original_due_on": day(report.original_due_on)}
            if report.times_moved
            else ""
        )
        feed.add_item(
            title=clean(
                _("%(reference)s: %(title)s (follow-up report %(number)s)")
                % {"reference": subject.reference, "title": subject.title, "number": report.number}
            ),
            link=site + report.get_absolute_url(),
            description=html(
                _("Due %(due_on)s, not yet submitted.%(moved)s Owner: %(owner)s. %(board)s.")
                % {"due_on": day(report.due_on), "moved": moved, "owner": owner, "board": subject.board}
            ),
            # Another due date that passes is other news.
            unique_id=tag(site, f"follow-up-{report.pk}/{report.due_on}"),
            updateddate=max(clock.end_of(report.due_on), report.own_change, report.subject_change),
        )
    return feed.writeString("utf-8")


def closures_atom(closed, *, site, board=None):
    """Recommendations that a board closed, with how, and at which meeting."""
    address = reverse("recommendations") + "?only=closed"
    feed = news(_("Closed recommendations"), "closures", address, site=site, board=board)
    for one in closed:
        minute = _(", minute %(closing_minute)s") % {"closing_minute": one.closing_minute} if one.closing_minute else ""
        how = _("%(progress)s at the meeting of %(closed_at)s%(minute)s.") % {
            "progress": one.get_progress_display(),
            "closed_at": one.closed_at,
            "minute": minute,
        }
        feed.add_item(
            title=clean(f"{one.reference}: {one.title}"),
            link=site + one.get_absolute_url(),
            description=html(f"{how} {one.outcome_note}".strip()),
            # It may be opened again, and closed again.
            unique_id=tag(site, f"closure-{one.pk}/{one.closed_on}"),
            updateddate=one.own_change,
        )
    return feed.writeString("utf-8")


def seals_atom(seals, *, site):
    """The newest seals of the history, to be kept elsewhere. One that was made anew has another name, and comes again."""
    feed = news(_("Seals of the history"), "seals", reverse("seals"), site=site)
    for seal in seals:
        feed.add_item(
            title=_("Seal %(number)s") % {"number": seal.number},
            link=site + reverse("seals"),
            description=_("Rows: %(rows)s. Digest: %(digest)s") % {"rows": seal.rows, "digest": seal.digest},
            unique_id=tag(site, f"seal-{seal.number}/{seal.digest}"),
            updateddate=seal.sealed_at,
        )
    return feed.writeString("utf-8")


def news(title, name, address, *, site, board=None):
    place = f"/{quote(board.code)}" if board else ""
    return Atom(
        title=f"{title}: {board or settings.COUNCIL_NAME}",
        link=site + address + (f"&board={board.pk}" if board else ""),
        description=None,
        language=language_tag(),
        author_name=settings.COUNCIL_NAME,
        feed_guid=tag(site, f"{name}{place}"),
    )


# What both need


def host_of(site):
    return urlsplit(site).hostname


def tag(site, name):
    """A name that is nobody else's for ever (RFC 4151), wherever the page moves."""
    return f"tag:{host_of(site)},2026:{name}"


def clean(text):
    """What stands in a calendar or a news reader goes further than any page, so nobody's contact does."""
    return without_contacts(text.translate(UNPRINTABLE))


def html(text):
    """Django writes every summary as HTML."""
    return escape(clean(text))
