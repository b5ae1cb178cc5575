"""The records, and the verbs that change them."""

from recommendations.models.account_events import AccountEvent
from recommendations.models.among import Among
from recommendations.models.boards import Board, Organisation, ReferenceCounter, ResponseRegime
from recommendations.models.due_dates import DateChange
from recommendations.models.feeds import Feed
from recommendations.models.follow_ups import FollowUpReport, Repeats, Verdict
from recommendations.models.following import Following
from recommendations.models.hand_overs import HandedOver, HandOver
from recommendations.models.kept_figures import KeptFigures
from recommendations.models.mails import Mail, MailPreference, Mention
from recommendations.models.meetings import AgendaItem, AttendanceChange, DiscussionPoint, Meeting, Resolution
from recommendations.models.minutes import Claimed, MinutesDraft, digest_of
from recommendations.models.old_trackers import OldTracker
from recommendations.models.partner_links import LinkUse, PartnerLink
from recommendations.models.people import Membership, User
from recommendations.models.progress import Progress
from recommendations.models.recommendations import Recommendation
from recommendations.models.redactions import RedactedRow, Redaction
from recommendations.models.responses import Answer, Response
from recommendations.models.runs import Run
from recommendations.models.saved_views import SavedView
from recommendations.models.seals import Seal, SealedPart
from recommendations.models.searchable import Searchable
from recommendations.models.sign_in_rules import SignInRule
from recommendations.models.sittings import Sitting, to_sign_off
from recommendations.models.snapshot import Snapshot
from recommendations.models.statements import Statement
from recommendations.models.timeliness import DUE_SOON_DAYS, Timeliness
from recommendations.models.tracked import Refused, Stale
from recommendations.models.updates import Evidence, ProgressUpdate
from recommendations.models.witnesses import Person, Witness

__all__ = [
    "DUE_SOON_DAYS",
    "AccountEvent",
    "AgendaItem",
    "Among",
    "Answer",
    "AttendanceChange",
    "Board",
    "Claimed",
    "DateChange",
    "DiscussionPoint",
    "Evidence",
    "Feed",
    "FollowUpReport",
    "Following",
    "HandOver",
    "HandedOver",
    "KeptFigures",
    "LinkUse",
    "Mail",
    "MailPreference",
    "Meeting",
    "Membership",
    "Mention",
    "MinutesDraft",
    "OldTracker",
    "Organisation",
    "PartnerLink",
    "Person",
    "Progress",
    "ProgressUpdate",
    "Recommendation",
    "RedactedRow",
    "Redaction",
    "ReferenceCounter",
    "Refused",
    "Repeats",
    "Resolution",
    "Response",
    "ResponseRegime",
    "Run",
    "SavedView",
    "Seal",
    "SealedPart",
    "Searchable",
    "SignInRule",
    "Sitting",
    "Snapshot",
    "Stale",
    "Statement",
    "Timeliness",
    "User",
    "Verdict",
    "Witness",
    "digest_of",
    "to_sign_off",
]
