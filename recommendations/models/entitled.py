"""What entitles somebody here, asked for every page: their roles, and the boards they sit on or serve."""

from functools import cache

from django.db import connection

from recommendations.prepared import Often
from recommendations.questions import question_by_key

# One question instead of two, and not by the ORM, which takes longer to write such a question than the database to answer.
# Without a join, of which PostgreSQL needs twice as long to think how to go about it.
RIGHTS = Often("""
    SELECT (SELECT name FROM auth_group WHERE id = given.group_id) AS role,
        (SELECT needs_second_factor FROM recommendations_signinrule rule WHERE rule.group_id = given.group_id) AS needs,
        NULL AS board
    FROM recommendations_user_groups given WHERE user_id = %s
    UNION ALL
    SELECT NULL, NULL, board_id FROM recommendations_membership
    WHERE user_id = %s AND since <= %s AND (until IS NULL OR until >= %s)
""")


def rights_of(person, today):
    """({role: whether it needs a second factor}, the ids of the boards of that day) of the person with this id."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, [person, person, today, today])
        return rights_in(cursor.fetchall())


def rights_in(rows):
    roles = {role: bool(needs_factor) for role, needs_factor, board in rows if role}
    return roles, frozenset(board for role, needs_factor, board in rows if board)


@cache
def question_with_rights(model):
    """The question for a person by key; and the same with their rights beside it, each in a row with the whole person."""
    alone = question_by_key(model, False)
    both = f"SELECT * FROM ({alone.text}) AS person LEFT JOIN ({RIGHTS}) AS rights ON TRUE"  # noqa: S608
    return alone, Often(both)


def with_rights(model, person, today):
    """(The person with this id, None where there is none; their rights as of `rights_of`), in one question."""
    alone, question = question_with_rights(model)
    with connection.cursor() as cursor:
        cursor.execute(question, [person, person, person, today, today])
        rows = cursor.fetchall()
    found = alone.made_of(alone.converted(rows[0][:-3])) if rows else None
    return found, rights_in([row[-3:] for row in rows])
