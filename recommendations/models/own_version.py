"""What tells one version of a single recommendation's page from every other, in one query that costs next to nothing."""

from django.db import connection

from recommendations.models.kept_figures import REDACTED, newest
from recommendations.prepared import Often

# The histories of what the page tells, each with the column that says which recommendation a row is about.
ITS_OWN = {
    "recommendation": "id",
    "response": "recommendation_id",
    "followupreport": "recommendation_id",
    "datechange": "recommendation_id",
    "progressupdate": "recommendation_id",
    "evidence": "recommendation_id",
}
# Names and words of others that stand on it, which few people change and seldom.
NAMED = (
    "user", "organisation", "board", "responseregime", "meeting", "discussionpoint", "witness", "partnerlink",
)  # fmt: skip
SUM = "(SELECT sum(history_id) FROM recommendations_historical{} WHERE {})"
# Rows are only ever added to a history, so a sum of their numbers never comes again.
PARTS = {
    **{table: SUM.format(table, f"{key} = own.id") for table, key in ITS_OWN.items()},
    "following": SUM.format("following", "recommendation_id = own.id AND user_id = %s"),
    "mention": "(SELECT sum(mention.id) FROM recommendations_mention mention JOIN recommendations_mail mail "
    "ON mail.id = mention.mail_id WHERE recommendation_id = own.id AND delivery = 'sent' AND NOT is_void)",
    "redaction": REDACTED,
    # It may be exempt with its item.
    "agendaitem": SUM.format("agendaitem", "id = own.item_id"),
    **{table: newest(table) for table in NAMED},
}
QUESTION = Often(
    f"SELECT {', '.join(PARTS.values())} FROM recommendations_recommendation own WHERE slug = %s"  # noqa: S608
)


def version_of(slug, reader):
    """{part: number} that change with whatever stands on the page of the recommendation with that slug; None of none.

    A part without a number says that there never was a row of it, so that nobody need look for one.
    """
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, [reader, slug])
        found = cursor.fetchone()
    return found and dict(zip(PARTS, found, strict=True))
