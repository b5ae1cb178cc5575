"""Everything that can be proved of the history, in one go: what is wrong, and else what was proven."""

from dataclasses import dataclass, field

from django.db import connection

from recommendations.models import Seal
from recommendations.sealing import entitling, figures, fixed, guards, records, redacted
from recommendations.sealing.chain import Chain, cut_off
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
        disguised = disguises(connection)
        yield from guards.tables(disguised)
        if GONE in disguised.values():
            # Nothing that follows could be asked.
            return
        yield from self.chain.findings(watch)
        yield from cut_off(self.chain.digests, self.kept)
        yield from guards.findings()
        yield from records.differences()
        yield from fixed.findings()
        yield from entitling.findings(self.judgement.rights)
        yield from self.judgement.findings(watch)
        yield from redacted.findings(self.judgement.rights)
        yield from figures.findings()

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
        yield "Every record is as its last history row has it."
        yield f"Every one of {judged.rows} changes was allowed, and made by somebody entitled to it."
        if judged.unknown:
            yield f"Of these, {judged.unknown} lie before the record of people’s rights: who was entitled then is not known."

    def unsealed(self):
        reached = sealed_up_to()
        return sum(source.count(after=reached.get(name, BEFORE_ALL)) for name, source in sources().items())
