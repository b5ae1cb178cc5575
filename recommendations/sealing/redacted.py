"""Rows that data protection changed after they were sealed: each change is itself on record, with the digests around it.

A model that says `redacts_rows = True` keeps that record: a row for each row changed, and one for each file withdrawn, with
`table` (the name of the source), `key`, and the digests `before` and `after` as `digests_of` gives them. It never keeps
what was removed.
"""

from collections import defaultdict

from django.apps import apps

from recommendations.models import SealedPart
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
    for model in apps.get_app_config("recommendations").get_models():
        if getattr(model, "redacts_rows", False):
            yield from model._base_manager.order_by("pk").values_list("table", "key", "before", "after")


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
