"""The agenda paper of what changed since the last meeting, as a Word document."""

from django.utils.translation import gettext as _
from docx.shared import Cm

from recommendations.history import day

from .pages import INK, QUIET, add_table, new_document, packed, plain, printable

WIDTHS = (Cm(2.7), Cm(6.8), Cm(2.6), Cm(3.8), Cm(4.2), Cm(3.8), Cm(2.8))


def headings():
    """Of the columns that are so wide."""
    return (
        _("Reference"), _("What the Board asked"), _("Owner"), _("Due"), _("Progress"), _("Last update"), _("Answer"),
    )  # fmt: skip


def word_of_changes(paper):
    """The bytes of the agenda paper `paper` (see changes.py) as a Word document."""
    board = printable(paper.board)
    named = {"board": board, "day": day(paper.meeting_on)}
    title = _("Changes since the last meeting: %(board)s, %(day)s") % named
    document = new_document(title, on=paper.on)
    document.add_heading(_("%(board)s: recommendations and what changed") % named, level=1)
    document.add_paragraph(_("For the meeting of %(day)s.") % named + f" {paper.compared}")
    for sentence in (
        paper.left_out_in_words,
        _("Holds exempt matter: not for publication.") if paper.holds_exempt else "",
    ):
        if sentence:
            document.add_paragraph(sentence)
    for part in paper.parts:
        document.add_heading(f"{part.heading} ({len(part.lines)})", level=2)
        if part.lines:
            rows = map(cells_of, part.lines)
            add_table(document, part.heading, _("One recommendation a row."), headings(), WIDTHS, rows)
        else:
            document.add_paragraph(part.nothing)
    return packed(document)


def cells_of(line):
    """The pieces of each column, in their order."""
    return (
        [(line.reference, True, INK), *plain([*line.marks, _("Asked %(day)s") % {"day": day(line.asked_on)}])],
        [(line.title, True, INK), (line.words, False, QUIET)],
        plain([line.owner]),
        [piece for due in line.dues for piece in pieces_of(due)] or plain([line.undated]),
        [(line.progress, True, INK), *plain(line.remarks)],
        plain([day(line.last_said_on), line.last_said] if line.last_said_on else [_("Never")]),
        plain(line.answers or [_("None expected")]),
    )


def pieces_of(due):
    said = [due.lateness and (due.lateness, True, INK), due.slip and (due.slip, False, QUIET)]
    return [(f"{due.what}{day(due.on)}", False, INK), *filter(None, said)]
