"""What every tracked record shares: a version, a history that says who and why, and one way to change it."""

from contextlib import contextmanager, nullcontext
from datetime import date
from functools import cache
from types import NoneType

from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history

from recommendations import clock, permissions
from recommendations.questions import by_key, insert, update


class Refused(Exception):
    """What was asked is against the rules; the text is the sentence that the person reads."""


class Stale(Refused):
    """Somebody else changed the record after this person opened it."""

    def __init__(self, record, version):
        super().__init__(
            _("Somebody else changed this while you were looking at it. Check what changed, then save again.")
        )
        self.record = record
        self.version = version


class Histories(HistoryManager):
    """The library's own, which makes a class for each `.history` that is written: here one for each model."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        return super().from_queryset(queryset_class, class_name)


class Row(models.Model):
    """A row that is added by a statement which is written once for its table, and not anew for each."""

    class Meta:
        abstract = True

    def _do_insert(self, manager, using, fields, returning_fields, raw):
        return insert(self, fields, returning_fields, raw)


class PastRow(Row):
    """A row of a history, which is written once: nobody waits to hear of it, and nothing that it names is looked at."""

    class Meta:
        abstract = True

    def save(self, **options):
        if self.pk:
            super().save(**options)
            return
        rows = self._meta
        fields = [field for field in rows.local_concrete_fields if not field.primary_key]
        [[self.pk]] = insert(self, fields, rows.db_returning_fields, is_raw=False)
        self._state.adding, self._state.db = False, connection.alias


def history_of(*, unasked=(), **options):
    """The history of one model. Reasons are sentences, so they need more than the library's short column.

    The library copies every index and gives one to every key. `unasked` are the columns by which nobody looks for a past
    row: each change of a record would be entered there too, for nothing.
    """
    reason = models.TextField(_("reason"), null=True, blank=True)
    return HistoricalRecords(
        history_change_reason_field=reason, history_manager=Histories, bases=(PastRow,), no_db_index=unasked, **options
    )  # fmt: skip


# Of these, a value is changed by putting another in its place: files and lists change where they are.
PLAIN = (str, int, date, NoneType)


def is_changed(stored, name, value):
    """Whether this value need be written in place of what is stored under that name."""
    return name not in stored or not isinstance(value, PLAIN) or stored[name] != value


def read_locked(record):
    """As `refresh_from_db`, under a lock."""
    stored = by_key(type(record), record.pk, is_locked=True)
    if stored is None:
        raise record.DoesNotExist
    record.__dict__ |= {name: value for name, value in vars(stored).items() if name != "_state"}
    # What was read with the row as it was may differ by now: what it refers to, and what refers to it.
    record._state.fields_cache.clear()
    record._prefetched_objects_cache = {}


class Tracked(Row):
    """A record that is changed by its verbs alone, each change with who and why, and is never deleted."""

    version = models.PositiveIntegerField(default=1, editable=False)
    _is_locked = False
    # The columns of the row as it was locked, until it is written.
    _stored: dict[str, object] = {}

    class Meta:
        abstract = True

    def record(self, *, by, reason="", through=None):
        """Save, with one history row that names who and why.

        `by=None` is the system, which must say why, or a partner `through` its link, which the record itself keeps.
        The library keeps both on the instance, where they would stamp the next save as well: hence the `finally`.
        """
        if by is None and through is None and not reason:
            raise ValueError("A change by the system needs a reason.")
        self._history_user, self._change_reason, self._history_date = by, reason or None, clock.now()
        try:
            self.save()
        finally:
            del self._history_user, self._change_reason, self._history_date
        return self

    @classmethod
    def record_all(cls, records, *, by, reasons):
        """Save many new records together, each with one history row that names who and its own reason.

        Nothing calls their `save`: what that works out must be given.
        """
        for record, reason in zip(records, reasons, strict=True):
            record._change_reason = reason
        try:
            bulk_create_with_history(records, cls, batch_size=500, default_user=by, default_date=clock.now())
        finally:
            for record in records:
                del record._change_reason
        return records

    @contextmanager
    def locked(self, *, version=None):
        """This record as it is stored, under a lock and in one transaction: a second writer waits, then meets it.

        `version` is what a form was opened with: where the record has moved on since, the change is refused as stale.
        """
        with nullcontext() if self._is_locked else self._locking():
            if version is not None and version != self.version:
                raise Stale(self, version)
            yield self

    @contextmanager
    def _locking(self):
        """One verb within another finds the lock taken, and the record as the first has left it."""
        with transaction.atomic():
            read_locked(self)
            self._is_locked = True
            self._stored = dict(vars(self))
            try:
                yield
            finally:
                self._is_locked, self._stored = False, {}

    def _do_update(self, base_qs, using, pk_val, values, *options):
        """Django's own, which writes every column: here only what differs from the row as it was locked."""
        stored, self._stored = self._stored, {}
        changed = [(field, value) for field, _model, value in values if is_changed(stored, field.attname, value)]
        return update(type(self), pk_val, changed) if changed else True

    @contextmanager
    def changing(self, *, by, reason="", through=None, version=None):
        """Lock this record, let the block change it, and save it with one history row."""
        with self.locked(version=version):
            yield self
            self.version += 1
            self.record(by=by, reason=reason, through=through)

    @classmethod
    def as_of(cls, on):
        """The records as they stood at the end of day `on`: from today the live ones, before that from the history."""
        if on >= clock.today():
            return cls.objects.all()
        return cls.history.as_of(clock.end_of(on))

    def delete(self, *args, **kwargs):
        """Minutes stay open to inspection for six years (Local Government Act 1972, s.100C): nothing is deleted."""
        raise Refused(_("Records are never deleted, so that their history stays whole."))


def must_be_clerk(by, sentence):
    """The refusal `sentence` for anybody but a clerk; `by=None` is the system, which every verb lets."""
    if by is not None and not permissions.is_clerk(by):
        raise Refused(sentence)


def must_be_organiser(by, sentence):
    """The same for anybody but a clerk or an administrator."""
    if by is not None and not permissions.is_organiser(by):
        raise Refused(sentence)


def must_say(reason, sentence):
    """The reason without outer spaces, or the refusal `sentence` where there is none."""
    if not reason.strip():
        raise Refused(sentence)
    return reason.strip()
