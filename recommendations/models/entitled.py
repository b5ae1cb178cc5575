"""What entitles somebody here, asked for every page: their roles, and the boards they sit on or serve."""

from django.db import connection

# One question instead of two, and not by the ORM, which takes longer to write such a question than the database to answer.
RIGHTS = """
    SELECT role.name, rule.needs_second_factor, NULL FROM recommendations_user_groups given
    JOIN auth_group role ON role.id = given.group_id
    LEFT JOIN recommendations_signinrule rule ON rule.group_id = role.id
    WHERE given.user_id = %(person)s
    UNION ALL
    SELECT NULL, NULL, board_id FROM recommendations_membership
    WHERE user_id = %(person)s AND since <= %(today)s AND (until IS NULL OR until >= %(today)s)
"""


def rights_of(person, today):
    """({role: whether it needs a second factor}, the ids of the boards of that day) of the person with this id."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, {"person": person, "today": today})
        rows = cursor.fetchall()
    roles = {role: bool(needs_factor) for role, needs_factor, board in rows if role}
    return roles, frozenset(board for role, needs_factor, board in rows if board)
