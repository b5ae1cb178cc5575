"""The records, and the verbs that change them."""

from recommendations.models.boards import Board, Organisation, ReferenceCounter, ResponseRegime
from recommendations.models.due_dates import DateChange
from recommendations.models.follow_ups import FollowUpReport, Verdict
from recommendations.models.following import Following
from recommendations.models.meetings import AgendaItem, AttendanceChange, DiscussionPoint, Meeting, Resolution
from recommendations.models.minutes import Claimed, MinutesDraft, digest_of
from recommendations.models.people import Membership, User
from recommendations.models.progress import Progress
from recommendations.models.recommendations import Recommendation
from recommendations.models.responses import Answer, Response
from recommendations.models.snapshot import Snapshot
from recommendations.models.timeliness import DUE_SOON_DAYS, Timeliness
from recommendations.models.tracked import Refused, Stale
from recommendations.models.updates import Evidence, ProgressUpdate
from recommendations.models.witnesses import Person, Witness

__all__ = [
    "DUE_SOON_DAYS",
    "AgendaItem",
    "Answer",
    "AttendanceChange",
    "Board",
    "Claimed",
    "DateChange",
    "DiscussionPoint",
    "Evidence",
    "FollowUpReport",
    "Following",
    "Meeting",
    "Membership",
    "MinutesDraft",
    "Organisation",
    "Person",
    "Progress",
    "ProgressUpdate",
    "Recommendation",
    "ReferenceCounter",
    "Refused",
    "Resolution",
    "Response",
    "ResponseRegime",
    "Snapshot",
    "Stale",
    "Timeliness",
    "User",
    "Verdict",
    "Witness",
    "digest_of",
]
