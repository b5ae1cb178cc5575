"""Takes it out of every row, in one transaction, and puts on record that it was done."""

from collections import defaultdict
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from recommendations import clock, permissions
from recommendations.models import RedactedRow, Redaction, Refused, User
from recommendations.models.written_once import append_only_tables
from recommendations.redaction import attached, places, remains
from recommendations.redaction.wording import Wording
from recommendations.sealing.redacted import digests_of
from recommendations.sealing.rows import sources
from recommendations.triggers import lifted
from recommendations.words import day


@dataclass
class Asked:
    """What is to go, who says so and why."""

    wording: Wording
    kind: Redaction.Kind
    by: User
    reason: str
    person: User | None = None

    def __post_init__(self):
        if not (self.by.is_active and permissions.is_administrator(self.by)):
            raise Refused(_("Only an administrator who can sign in has something redacted."))
        if self.person == self.by:
            raise Refused(_("Another administrator has to do that: nobody redacts themselves."))
        if self.wording.is_in(self.reason):
            raise Refused(_("The reason holds what is to go, and stays on record. Say it in other words."))

    @property
    def sentence(self):
        """What stands in the place of a file."""
        return _("This file was withdrawn on %(day)s, because it held personal data. %(reason)s") % {
            "day": day(clock.today()),
            "reason": self.reason,
        }


def redact(asked, *, tables, files=(), watch=lambda done: None):
    """Do it. `tables` are those where it was seen: their triggers are lifted while this lasts, and no others'.

    Whoever writes to one of them meanwhile waits until it is over. The rows are looked for once more after that.
    """
    remains.overwrite_what_is_removed()
    try:
        with transaction.atomic():
            return _redact(asked, sorted({*tables} & {*append_only_tables()}), files, watch)
    except DatabaseError as error:
        raise Refused(_("Nothing was changed. The database said: %(error)s") % {"error": error}) from None
    finally:
        default_storage.settle()


def _redact(asked, lifting, files, watch):
    if asked.person and asked.person.is_active:
        asked.person.switch(False, by=asked.by, reason=asked.reason)
    replacement = places.Replacement(asked.wording, Redaction.objects.count() + 1)
    rows = []
    with lifted(connection, *lifting):
        found = list(places.changes(replacement, watch))
        rows += _change(found)
        for file in files:
            rows += _change(_withdrawn(file, asked))
    _forget_sign_ins(asked)
    # The words' index keeps what was taken out until it is made anew.
    remains.index_anew()
    if not rows:
        return None
    redaction = Redaction(by=asked.by, kind=asked.kind, reason=asked.reason)
    redaction.places, redaction.row_count = sum(change.times for change in found), len(rows)
    redaction.files = [file.proof for file in files]
    redaction.save()
    for row in rows:
        row.redaction = redaction
        row.save()
    return redaction


def _change(changes):
    """Change the rows, each with a record of it: who was to change one of them alone would have no history to write."""
    by_table = defaultdict(list)
    for change in changes:
        by_table[change.table].append(change)
    return [row for table, changed in by_table.items() for row in _change_table(table, changed)]


def _change_table(table, changed):
    numbered = {change.key: change for change in changed if isinstance(change.key, int)}
    before = _digests(table, numbered.values())
    with connection.cursor() as cursor:
        for change in changed:
            _write(cursor, change)
    after = _digests(table, numbered.values())
    return [
        RedactedRow(
            table=name, key=key, before=digest, after=after[name, key], recommendation_id=numbered[key].recommendation
        )
        for (name, key), digest in before.items()
    ]


def _digests(table, changes):
    """{(what is sealed, key): digest}, of the rows and of the files that they name no longer; "" where nothing is sealed."""
    digests = {(table, change.key): "" for change in changes}
    for source in sources().values():
        if source.table == table:
            keys = [change.key for change in changes if source.name == table or {*source.columns} & {*change.after}]
            digests |= {(source.name, key): digest for key, digest in digests_of(source.name, keys).items()}
    return digests


def _write(cursor, change):
    """Past the verbs, which would add a row to the history: here the history itself is to be as if it had been so."""
    fields = [change.model._meta.get_field(name) for name in change.after]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    values = [field.get_db_prep_save(change.after[field.name], connection) for field in fields]
    key = change.model._meta.pk
    cursor.execute(f'UPDATE "{change.table}" SET {columns} WHERE "{key.column}" = %s', [*values, change.key])


def _withdrawn(file, asked):
    """The rows that name a file come to name a text, which says why; then the file goes."""
    instead = attached.store(asked.sentence)
    transaction.on_commit(lambda: default_storage.delete(file.stored))
    return attached.renamed(file, instead, asked.wording)


def _forget_sign_ins(asked):
    """What somebody signs in with is no record: a session that speaks of it ends, and a person's means all go."""
    Session.objects.filter(pk__in=list(places.sessions_with(asked.wording))).delete()
    if asked.person:
        for model in (Authenticator, SocialAccount, EmailAddress, UserSession):
            model._base_manager.filter(user=asked.person).delete()
