"""Two clerks corrected the same draft: what one typed, put onto what the other saved meanwhile."""

import copy

from recommendations.minutes import drafts

# What a field is called in a sentence, where its name is not the word.
WORDS = {
    "text": "words",
    "ask": "kind",
    "due_on": "date",
    "person": "number of the person",
    "exempt_paragraph": "exempt paragraph",
    "dropped": "reason for leaving it out",
}


def reconcile(base, theirs, mine):
    """`theirs` with every change made from `base` to `mine`, and a sentence for each change that met another.

    Nothing typed is lost: where both changed the same thing mine stands and the sentence tells theirs; what I changed
    in something that is gone is told in full.
    """
    both = copy.deepcopy(theirs)
    before, now = by_id(base), by_id(both)
    told = []
    for place, item in enumerate(mine["items"]):
        for edited in item["findings"]:
            if edited["id"] in before:
                told += _take(before[edited["id"]], now.get(edited["id"]), edited)
            else:
                drafts.insert(both, min(place, len(both["items"]) - 1), edited)
    if len(both["items"]) == len(mine["items"]):
        for was, item, edited in zip(base["items"], both["items"], mine["items"], strict=True):
            told += _take(_heading_of(was), item, _heading_of(edited))
    return both, told


def _heading_of(item):
    return {name: value for name, value in item.items() if name != "findings"}


def _take(before, now, edited):
    """Put what was edited since `before` into `now`; yields a sentence for what that pushes aside."""
    changed = [name for name in edited if edited[name] != before[name]]
    if changed and now is None:
        yield f"What you changed has been merged meanwhile. You had: “{edited['text']}”."
        return
    for name in changed:
        other, now[name] = now[name], edited[name]
        if other not in (before[name], edited[name]):
            what = drafts.name_of(now) if "kind" in now else "The item"
            yield f"{what}: somebody else had made the {WORDS.get(name, name)} “{other or 'empty'}”."


def by_id(content):
    return {finding["id"]: finding for finding in drafts.all_findings(content)}
