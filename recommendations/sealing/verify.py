"""Everything that can be proved of the history, in one go: what is wrong, and else what was proven."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from recommendations.models import Seal
from recommendations.sealing import accounts, entitling, figures, findable, fixed, guards, records, redacted, shape
from recommendations.sealing.chain import Chain, cut_off
from recommendations.sealing.findings import DATABASE, Finding
from recommendations.sealing.legality import Judgement
from recommendations.sealing.make import sealed_up_to
from recommendations.sealing.rows import BEFORE_ALL, sources
from recommendations.triggers import GONE, disguises
from recommendations.words import moment


@dataclass
class Verification:
    """One reading of all histories; `findings` first, then `proven`."""

    # Lines of a copy of the seals that was kept elsewhere.
    kept: list[str] = field(default_factory=list)
    chain: Chain = field(default_factory=Chain)
    judgement: Judgement = field(default_factory=Judgement)

    def findings(self, watch=lambda rows: None):
        with of_one_moment(), readable():
            yield from self._findings(watch)

    def _findings(self, watch):
        disguised = disguises(connection)
        yield from guards.tables(disguised)
        if GONE in disguised.values():
            # Nothing that follows could be asked.
            return
        for part in self._parts(watch):
            try:
                yield from part
            except (TypeError, ValueError, AttributeError) as unreadable:
                # Somebody wrote a number where a list belongs, say. The seals have named the row.
                yield Finding(DATABASE, None, f"holds what cannot be read as what it should be: {unreadable}")

    def _parts(self, watch):
        rights = self.judgement.rights
        yield self.chain.findings(watch)
        yield cut_off(self.chain.digests, self.kept)
        yield guards.findings()
        yield shape.findings()
        yield records.differences()
        yield fixed.findings()
        yield entitling.findings(rights)
        yield accounts.findings(rights)
        yield self.judgement.findings(watch)
        yield redacted.findings(rights)
        yield figures.findings()
        yield findable.findings()

    def size(self):
        """How many rows `watch` will hear of."""
        return sum(Seal.objects.values_list("rows", flat=True)) + sum(
            model.history.count() for model in records.tracked_models()
        )

    def proven(self):
        """What held, a sentence each."""
        head, judged = self.chain.head, self.judgement
        if head:
            until = moment(head.sealed_at)
            yield f"Sealed: {self.chain.rows} rows in {head.number} seals are as they were written, until {until}."
            yield f"Head: seal {head.number}, {head.digest}"
        else:
            yield "Nothing is sealed yet: run `manage.py seal_history`."
        if self.chain.redacted:
            yield f"Of these, {self.chain.redacted} were redacted since, as is on record."
        yield f"Not yet sealed: {self.unsealed()} rows."
        if self.kept:
            yield "The copy kept elsewhere agrees."
        yield "Every trigger and constraint stands, and people’s roles are those on record, given by who could give them."
        yield "No account has a second factor, a council account or a right of which the record does not know."
        yield "Every record is as its last history row has it."
        yield "What can be found is what the records say."
        yield f"Every one of {judged.rows} changes was allowed, and made by somebody entitled to it."
        if judged.unknown:
            yield f"Of these, {judged.unknown} lie before the record of people’s rights: who was entitled then is not known."

    def unsealed(self):
        reached = sealed_up_to()
        return sum(source.count(after=reached.get(name, BEFORE_ALL)) for name, source in sources().items())


@contextmanager
def of_one_moment():
    """On PostgreSQL all is read as it was at the beginning: somebody may write, be given rights and act meanwhile.

    SQLite would let nobody write for so long.
    """
    if connection.vendor == "sqlite" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def readable():
    """SQLite keeps any bytes as a text, and its driver stops at such: here they are read, as something else."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    usual, connection.connection.text_factory = connection.connection.text_factory, _text
    try:
        yield
    finally:
        connection.connection.text_factory = usual


def _text(content):
    return content.decode("utf-8", "backslashreplace")
