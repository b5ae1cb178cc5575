"""Invented minutes for the tests of the clerk's way in."""

import datetime

from recommendations.minutes import drafts

HELD_ON = datetime.date(2026, 3, 27)
TEXT = """CHILDREN MISSING FROM HOME

Purpose of the report:
To tell the Board how many children went missing.

Witnesses:
Dana Whitlock, Head of Early Help
Ravi Chand, Detective Inspector, Example Police

Declarations of Interest:
None

Key points raised during the discussion:
1. Referrals had risen by a third since the spring.
2. Two schools had asked for training.

Recommendations:
The Board thanks the witnesses for their contributions.

The Board Recommends:
1. That officers and Example Police consider a shared list of children at risk.
2. That officers provide a further report to the Board in six months.

Actions:
1. Officers to circulate the figures by school.

Asha Nair left the meeting at 12.00pm.
"""
LINES = TEXT.split("\n")
OTHER_TEXT = TEXT.replace("MISSING FROM HOME", "OUT OF SCHOOL").replace("Referrals", "Absences")


def start(board, by, text=TEXT, number="7", **fields):
    """A draft of the invented minutes."""
    fields = {"held_on": HELD_ON, "numbers": [number]} | fields
    return drafts.start(text.split("\n"), board=board, by=by, **fields)


def found(draft, kind):
    """The findings of one kind, in their order."""
    return [one for one in drafts.all_findings(draft.content) if one["kind"] == kind]


def change(draft, one, **changes):
    """Correct a finding of a draft as a clerk's page does."""
    content = draft.content
    next(other for other in drafts.all_findings(content) if other["id"] == one["id"]).update(changes)
    draft.correct(content, by=draft.created_by)
