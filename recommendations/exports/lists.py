"""The columns of the other lists as files, beside those of recommendations (trackers.py)."""

from django.utils.translation import gettext_lazy as _

from recommendations import words
from recommendations.models import FollowUpReport, Response
from recommendations.models.responses import ANSWERED

from .tables import DAY, NUMBER, Column


def of(name):
    """What the row itself holds under that name; a choice in words."""

    def value(row):
        return words.choice(row, name) if hasattr(row, f"get_{name}_display") else getattr(row, name)

    return value


def of_recommendation(name):
    return lambda row: getattr(row.recommendation, name)


def owner_of(row):
    owner = row.recommendation.owner
    return owner.full_name if owner else ""


ABOUT_IT = (
    Column("reference", _("Reference"), of_recommendation("reference"), 2.4),
    Column("board", _("Board"), lambda row: row.recommendation.board.name, 3.0),
    Column("title", _("Short title"), of_recommendation("title"), 4.0),
)


def reports(on):
    """Of follow-up reports as they stood on that day; what they say is read on the site."""

    def days_overdue(report: FollowUpReport):
        return report.days_overdue(on) if report.is_overdue(on) else None

    return (
        *ABOUT_IT,
        Column("number", _("Report"), of("number"), 1.5, NUMBER),
        Column("owner", _("Owner"), owner_of, 2.3),
        Column("due", _("Due date"), of("due_on"), 2.3, DAY),
        Column("first_due", _("First due date"), of("original_due_on"), 2.3, DAY),
        Column("times_moved", _("Times moved"), of("times_moved"), 1.5, NUMBER),
        Column("slipped", _("Days slipped"), of("days_slipped"), 1.6, NUMBER),
        Column("days_overdue", _("Days overdue"), days_overdue, 1.7, NUMBER),
        Column("repeats", _("How often"), of("repeats"), 2.0),
        Column("standing", _("Where it stands"), of("standing"), 2.6),
        Column("submitted", _("Submitted on"), of("submitted_on"), 2.3, DAY),
        Column("kept_time", _("In time"), of("kept_time"), 2.3),
        Column("received", _("Received on"), of("received_on"), 2.3, DAY),
        Column("verdict", _("What the Board made of it"), of("verdict"), 2.6),
        Column("waived", _("Waived on"), of("waived_on"), 2.3, DAY),
    )


def answers(on):
    def days_overdue(response: Response):
        return (on - response.due_on).days if response.is_overdue(on) else None

    return (
        *ABOUT_IT,
        Column("addressee", _("Addressee"), of("addressee"), 3.4),
        Column("organisation", _("Organisation"), lambda row: row.organisation.name if row.organisation else "", 3.0),
        Column("answer", _("Answer"), of("answer"), 2.6),
        Column("reasons", _("Reasons given"), of("reasons"), 5.0),
        Column("answered", _("Answered on"), of("answered_on"), 2.3, DAY),
        Column("regime", _("Time to answer"), lambda row: row.regime.name, 2.6),
        Column("notified", _("Notice given on"), of("notified_on"), 2.3, DAY),
        Column("received", _("Report received on"), of("received_on"), 2.3, DAY),
        Column("due", _("Last day to answer"), of("due_on"), 2.3, DAY),
        Column("days_overdue", _("Days overdue"), days_overdue, 1.7, NUMBER),
    )


MEETINGS = (
    Column("held", _("Date"), of("held_on"), 2.4, DAY),
    Column("board", _("Board"), lambda row: row.board.name, 4.0),
    Column("place", _("Place"), of("place"), 3.0),
    Column("items", _("Items"), of("items_count"), 1.6, NUMBER),
    Column("asked", _("Recommendations"), of("asked_count"), 2.6, NUMBER),
    Column("open", _("Still open"), of("open_count"), 1.8, NUMBER),
)
WITNESSES = (
    Column("name", _("Name"), of("name"), 4.0),
    Column("roles", _("Role"), lambda row: "; ".join(row.roles), 6.0),
    Column("meetings", _("Meetings"), of("meetings_count"), 1.8, NUMBER),
    Column("last", _("Last spoke on"), of("last_spoke_on"), 2.4, DAY),
    Column("led", _("Led to recommendations"), of("led_count"), 2.8, NUMBER),
    Column("done", _("Of those implemented"), of("done_count"), 2.4, NUMBER),
)


def number(name):
    return lambda row: row.numbers[name]


def days(place):
    """Of the mean and the median of how many days its answers took; nothing where it is not known."""
    return lambda row: row.days_to_answer[place] if row.days_to_answer else None


ORGANISATIONS = (
    Column("name", _("Organisation"), of("name"), 4.0),
    Column("regime", _("Time to answer"), lambda row: row.regime.name, 3.0),
    Column("asked", _("Asked"), number("asked"), 1.6, NUMBER),
    *(Column(kind.value, kind.label, number(kind.value), 2.0, NUMBER) for kind in ANSWERED),
    Column("unanswered", _("Unanswered"), number("unanswered"), 2.0, NUMBER),
    Column("overdue", _("Overdue"), number("overdue"), 1.8, NUMBER),
    Column("mean_days", _("Days to answer (mean)"), days(0), 2.2, NUMBER),
    Column("median_days", _("Days to answer (median)"), days(1), 2.2, NUMBER),
    Column("last", _("Last answer"), number("last"), 2.4, DAY),
)
ACCOUNT_EVENTS = (
    Column("at", _("When"), lambda row: words.moment(row.at), 3.6),
    Column("kind", _("What happened"), of("kind"), 3.4),
    Column("person", _("Whose account"), lambda row: str(row.person or ""), 3.4),
    Column("by", _("By whom"), lambda row: str(row.by or ""), 3.4),
    Column("words", _("In words"), of("words"), 6.0),
    Column("address", _("Network"), of("address"), 3.0),
)
