"""Rows that data protection changed after they were sealed: each change is itself on record, with the digests around it.

`RedactedRow` has a row for each row changed, and one for each file withdrawn, with `table` (the name of the source), `key`,
and the digests `before` and `after` as `digests_of` gives them; never what was removed.
"""

from collections import defaultdict

from django.db.models import Count

from recommendations.models import RedactedRow, Redaction, SealedPart
from recommendations.models.written_once import table_of
from recommendations.permissions import ADMINISTRATORS
from recommendations.sealing.findings import Finding
from recommendations.sealing.rows import sources


def digests_of(name, keys):
    """{key: the digest of that row or its file as it stands}, over the columns that its seal covers; else over all."""
    source, digests = sources()[name], {}
    for key in keys:
        parts = SealedPart.objects.filter(source=name, first_id__lte=key, last_id__gte=key)
        columns = parts.values_list("columns", flat=True).first() or source.columns
        digests |= {found: digest.hex() for found, digest in source.leaves(columns, after=key - 1, up_to=key, limit=1)}
    return digests


def on_record():
    """(name of the source, key, digest before, digest after) of every redacted row, in the order it was done."""
    return RedactedRow.objects.order_by("pk").values_list("table", "key", "before", "after").iterator()


def findings(rights):
    """Redactions by somebody who had no right to them then, and those that rows were slipped into, or taken out of."""
    for redaction in Redaction.objects.annotate(rows_there=Count("rows")).order_by("pk"):
        wrong = []
        if redaction.rows_there != redaction.row_count:
            wrong += [f"changed {redaction.row_count} rows and files, and {redaction.rows_there} are on record for it"]
        roles = rights.roles_then(redaction.by_id, redaction.at)
        if roles is not None and ADMINISTRATORS not in roles:
            wrong += ["by a person who was no administrator then"]
        yield from (Finding(table_of(Redaction), redaction.pk, what) for what in wrong)


class Redactions:
    """Those on record, by row or file."""

    def __init__(self):
        self.steps = defaultdict(list)
        for name, key, before, after in on_record():
            self.steps[name, key].append((before, after))

    def explain(self, name, key, sealed, now):
        """Whether they lead, without a gap, from the digest that was sealed to the one of today."""
        digest = sealed.hex()
        for before, after in self.steps.get((name, key), ()):
            # Of a row redacted before it was sealed, the seal begins in the midst of them.
            digest = after if before == digest else digest
        return digest == now.hex()
