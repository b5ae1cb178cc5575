"""What entitles somebody here, asked for every page: their roles, and the boards they sit on or serve."""

from django.db import connection

from recommendations.prepared import Often

# One question instead of two, and not by the ORM, which takes longer to write such a question than the database to answer.
# Without a join, of which PostgreSQL needs twice as long to think how to go about it.
RIGHTS = Often("""
    SELECT (SELECT name FROM auth_group WHERE id = given.group_id),
        (SELECT needs_second_factor FROM recommendations_signinrule rule WHERE rule.group_id = given.group_id), NULL
    FROM recommendations_user_groups given WHERE user_id = %s
    UNION ALL
    SELECT NULL, NULL, board_id FROM recommendations_membership
    WHERE user_id = %s AND since <= %s AND (until IS NULL OR until >= %s)
""")


def rights_of(person, today):
    """({role: whether it needs a second factor}, the ids of the boards of that day) of the person with this id."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, [person, person, today, today])
        rows = cursor.fetchall()
    roles = {role: bool(needs_factor) for role, needs_factor, board in rows if role}
    return roles, frozenset(board for role, needs_factor, board in rows if board)
