"""Compares the seals with one another and every sealed row with its seal; names whatever was changed since."""

import hashlib
import re
from dataclasses import dataclass, field

from recommendations.models.seals import BEGINNING, Seal
from recommendations.sealing.dates import CLOCK_MAY_GO_BACK, Dates
from recommendations.sealing.findings import Finding
from recommendations.sealing.make import seal_digest
from recommendations.sealing.redacted import Redactions
from recommendations.sealing.rows import BEFORE_ALL, sources, unpacked
from recommendations.words import moment

SEALS, PARTS = "recommendations_seal", "recommendations_sealedpart"
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass
class Chain:
    """What is known while the seals are read, from the first to the last."""

    head: Seal | None = None
    rows: int = 0
    digests: set[str] = field(default_factory=set)
    # {source: the last key that was sealed}
    reached: dict[str, int] = field(default_factory=dict)
    redactions: Redactions = field(default_factory=Redactions)
    redacted: int = 0
    dates: Dates = field(default_factory=Dates)

    def findings(self, watch=lambda rows: None):
        found = sources()
        for source in found.values():
            made_up = "slipped in: no row is given such a key"
            yield from (Finding(source.table, key, made_up) for key in source.made_up())
        for seal in Seal.objects.order_by("number").iterator(chunk_size=100):
            parts = list(seal.parts.order_by("id"))
            yield from self.of_seal(seal, parts)
            for part in parts:
                yield from self.of_part(found.get(part.source), seal, part)
                self.rows += part.rows
                watch(part.rows)
            self.head = seal
            self.digests.add(seal.digest)
            self.dates.note(seal, self.reached)
        for source in found.values():
            yield from self.dates.of_rows(source, after=self.reached.get(source.name, BEFORE_ALL))
            yield from self.dates.in_order(source)

    def of_seal(self, seal, parts):
        number, previous = (self.head.number + 1, self.head.digest) if self.head else (1, BEGINNING)
        if seal.number != number:
            yield Finding(SEALS, number, f"missing: seal {seal.number} follows seal {number - 1}")
        elif seal.previous != previous:
            yield Finding(SEALS, seal.number, "names another seal before it than the one that is there")
        if self.head and seal.sealed_at < self.head.sealed_at - CLOCK_MAY_GO_BACK:
            yield Finding(SEALS, seal.number, "is dated before the seal that it follows")
        if seal_digest(seal, parts) != seal.digest:
            yield Finding(SEALS, seal.number, "altered: its digest is not that of what it says")

    def of_part(self, source, seal, part):
        if source is None:
            if part.rows:
                yield Finding(part.source, None, f"gone: seal {part.seal_id} covers {part.rows} of its rows")
            return
        leaves = unpacked(part.leaves)
        says = (hashlib.sha256(part.leaves).hexdigest(), len(leaves), min(leaves, default=0), max(leaves, default=0))
        if says != (part.digest, part.rows, part.first_id, part.last_id):
            yield Finding(
                PARTS, part.pk, f"altered: what seal {part.seal_id} says of {part.source} does not fit itself"
            )
        if missing := {*map(str, part.columns)} - set(source.columns):
            yield Finding(part.source, None, f"the columns {', '.join(sorted(missing))} are gone, so it proves nothing")
            return
        yield from self.of_rows(source, seal, part, leaves)
        after = self.reached.get(part.source, BEFORE_ALL)
        yield from self.dates.of_rows(source, after=after, up_to=part.last_id, sealed_at=seal.sealed_at)
        self.reached[part.source] = max(part.last_id, after)

    def of_rows(self, source, seal, part, leaves):
        """All that lies between the last key of the part before and that of this one, against the leaves."""
        after, since = (
            self.reached.get(part.source, BEFORE_ALL),
            f"since seal {part.seal_id} of {moment(seal.sealed_at)}",
        )
        for key, digest in source.all_leaves(part.columns, after=after, up_to=part.last_id):
            sealed = leaves.pop(key, None)
            if sealed is None:
                yield Finding(source.table, key, f"slipped in {since}")
            elif sealed != digest:
                yield from self.of_change(source, key, sealed, digest, since)
        for key in leaves:
            yield Finding(source.table, key, f"removed {since}")

    def of_change(self, source, key, sealed, digest, since):
        """A redaction on record explains it, or it is a finding."""
        if self.redactions.explain(source.name, key, sealed, digest):
            self.redacted += 1
            return
        yield Finding(source.table, key, f"{source.altered} {since}")


def cut_off(digests, kept):
    """Against `kept`, lines of a copy of seals made elsewhere: each digest there is that of a seal that must be here still."""
    for line in kept:
        for digest in DIGEST.findall(line.lower()):
            if digest != BEGINNING and digest not in digests:
                yield Finding(SEALS, None, f"the copy kept elsewhere says “{line.strip()}”, and no seal here does")
