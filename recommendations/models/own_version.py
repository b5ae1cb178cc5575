"""What tells one version of a single recommendation's page from every other, in one query that costs next to nothing."""

from django.db import connection

from recommendations.models.kept_figures import REDACTED, newest

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
    **{table: SUM.format(table, f"{key} = %(own)s") for table, key in ITS_OWN.items()},
    "following": SUM.format("following", "recommendation_id = %(own)s AND user_id = %(reader)s"),
    "mention": "(SELECT sum(mention.id) FROM recommendations_mention mention JOIN recommendations_mail mail "
    "ON mail.id = mention.mail_id WHERE recommendation_id = %(own)s AND delivery = 'sent' AND NOT is_void)",
    "redaction": REDACTED,
    # What is spoken of beside it may have become exempt, and so may the items that these are part of.
    "beside": SUM.format("recommendation", "id IN ({beside})"),
    "agendaitem": SUM.format(
        "agendaitem", "id IN (SELECT item_id FROM recommendations_recommendation WHERE id IN (%(own)s, {beside}))"
    ),
    **{table: newest(table) for table in NAMED},
}


def version_of(own, beside, reader):
    """{part: number} that change with whatever stands on the page of the recommendation `own`, beside which others are.

    A part without a number says that there never was a row of it, so that nobody need look for one.
    """
    beside = beside or [own]
    names = {f"beside_{number}": pk for number, pk in enumerate(beside)}
    listed = ", ".join(f"%({name})s" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(PARTS.values())}".format(beside=listed), names | {"own": own, "reader": reader}
        )
        return dict(zip(PARTS, cursor.fetchone(), strict=True))
