"""What came of a municipal year, as a Word document: what the page of the year shows, all of its rows."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx.shared import Cm

from recommendations.impact import figures, label_of
from recommendations.words import day

from .pages import INK, QUIET, add_table, new_document, packed, plain, printable, reword


def word_of_impact(now, before, words=str):
    """The bytes of the year `now` (an `Impact`), beside the year before it, in `words` for its reader (see contacts.py)."""
    document = document_of(now, before)
    reword(document, words)
    return packed(document)


def document_of(now, before):
    named = {"whose": printable(now.whose), "year": now.name}
    document = new_document(_("Impact in %(year)s: %(whose)s") % named, on=now.on)
    document.add_heading(_("%(whose)s: impact in %(year)s") % named, level=1)
    if now.is_empty:
        document.add_paragraph(_("Nothing was asked or closed in %(year)s.") % named)
        return document
    for sentence in (now.sentence, now.stands, now.compared_with(before), exempt_in_words(now.exempt)):
        if sentence:
            document.add_paragraph(sentence)
    add_changed(document, now)
    add_figures(document, now, before)
    for add_part in (add_not_done, add_lateness, add_rows, add_witnesses):
        add_part(document, now)
    return document


def exempt_in_words(number):
    if not number:
        return ""
    return ngettext(
        "%(n)d recommendation here is exempt: not for publication.",
        "%(n)d recommendations here are exempt: not for publication.",
        number,
    ) % {"n": number}


def add_changed(document, now):
    document.add_heading(_("What changed because of it"), level=2)
    if not now.changed:
        document.add_paragraph(_("Nobody has written down yet what changed."))
    for heading, outcomes in now.changed:
        headings = (_("Reference"), _("What the Board asked"), _("What changed because of it"), _("Closed"))
        rows = map(cells_of_change, outcomes)
        described = _("One recommendation a row, with what changed because of it.")
        document.add_paragraph(heading)
        add_table(document, heading, described, headings, (Cm(2.7), Cm(9.5), Cm(9.5), Cm(5)), rows)


def cells_of_change(one):
    row = one.row
    closing = [
        str(row.closed_at),
        _("minute %(minute)s") % {"minute": row.closing_minute} if row.closing_minute else "",
    ]
    return (
        [(row.reference, True, INK)],
        [(row.title, True, INK), (row.text, False, QUIET), (str(row.item.meeting), False, QUIET)],
        plain([row.outcome_note]),
        plain([row.get_progress_display(), *filter(None, closing)]),
    )


def add_figures(document, now, before):
    caption = _("The year in numbers")
    document.add_heading(caption, level=2)
    rows = []
    for heading, group in figures(now, before):
        rows.append(([(heading, True, INK)], [], []))
        rows += [plain_cells([figure.label, figure.now, figure.before]) for figure in group]
    widths = (Cm(13), Cm(3), Cm(3))
    described = _("One number a row, this year and the year before.")
    add_table(document, caption, described, (_("What is counted"), now.name, before.name), widths, rows)
    document.add_paragraph(now.moves)


def plain_cells(texts):
    return tuple(plain([str(text)]) for text in texts)


def add_not_done(document, now):
    if not now.not_done:
        return
    caption = _("Not implemented, superseded or moved, and why")
    document.add_heading(caption, level=2)
    rows = [
        plain_cells([
            one.row.reference, one.row.title, one.row.get_progress_display(), day(one.row.closed_on),
            one.why or _("No reason given"),
        ])
        for one in now.not_done
    ]  # fmt: skip
    headings = (_("Reference"), _("What the Board asked"), _("How it was closed"), _("Closed on"), _("Why"))
    widths = (Cm(2.7), Cm(7), Cm(4.5), Cm(3.5), Cm(9))
    add_table(document, caption, _("One recommendation a row."), headings, widths, rows)


def add_lateness(document, now):
    caption = _("What came late, or is late")
    document.add_heading(f"{caption} ({len(now.lateness)})", level=2)
    if not now.lateness:
        document.add_paragraph(_("Nothing came late, and nothing is late."))
        return
    rows = [
        plain_cells([
            each.outcome.row.reference, f"{each.what}: {each.outcome.row.title}", day(each.due_on),
            day(each.came_on) or _("Still awaited"), each.days,
        ])
        for each in now.lateness
    ]  # fmt: skip
    headings = (_("Reference"), _("What was late"), _("Due"), _("Came"), _("Days late"))
    described = _("One report, answer or action a row.")
    add_table(document, caption, described, headings, (Cm(2.7), Cm(13), Cm(4), Cm(4), Cm(3)), rows)


def add_rows(document, now):
    """Everything that was asked; actions after recommendations."""
    for name in ("asked", "actions"):
        outcomes, caption = now.rows[name], label_of(name)
        document.add_heading(f"{caption} ({len(outcomes)})", level=2)
        if not outcomes:
            document.add_paragraph(_("There are none."))
            continue
        headings = (
            _("Reference"), _("Asked on"), _("What the Board asked"), _("Answers"), _("Where it stands"), _("Times moved"),
        )  # fmt: skip
        widths = (Cm(2.7), Cm(3.2), Cm(9), Cm(5.5), Cm(4.3), Cm(2))
        add_table(document, caption, _("One recommendation a row."), headings, widths, map(cells_of_row, outcomes))


def cells_of_row(one):
    row = one.row
    answers = [f"{capfirst(answer.addressee)}: {answer.get_answer_display().lower()}" for answer in one.answers]
    standing = [row.get_progress_display(), *([row.timeliness.label] if row.is_open else [])]
    moved = [str(one.times_moved), *([_("%(n)d days") % {"n": one.days_slipped}] if one.times_moved else [])]
    return (
        [(row.reference, True, INK), *plain([_("Exempt")] if row.is_restricted else [])],
        plain([day(row.item.meeting.held_on)]),
        [(row.title, True, INK), (row.get_kind_display(), False, QUIET)],
        plain(answers or [_("None asked for")]),
        plain(standing),
        plain(moved),
    )


def add_witnesses(document, now):
    if not now.witnesses:
        return
    caption = _("Who told the Board, and what came of it")
    document.add_heading(caption, level=2)
    rows = [
        (
            plain([who]),
            plain(f"{one.row.reference}: {one.row.title} ({one.row.get_progress_display()})" for one in outcomes),
        )
        for who, outcomes in now.witnesses
    ]
    described = _("One witness a row.")
    add_table(document, caption, described, (_("Witness"), _("What came of it")), (Cm(10), Cm(16.7)), rows)
