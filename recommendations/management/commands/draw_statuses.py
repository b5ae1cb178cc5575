"""`manage.py draw_statuses`: prints the tables of allowed changes as diagrams into docs/statuses.md."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from recommendations.models import Answer, Progress
from recommendations.models.progress import CHANGES, needs_reason
from recommendations.models.responses import ANSWER_CHANGES, answer_needs_reason

FILE = Path(settings.BASE_DIR) / "docs" / "statuses.md"
HEAD = """# Statuses

Drawn by `manage.py draw_statuses` from the tables in `recommendations/models/progress.py` and
`recommendations/models/responses.py`; a test fails when this page is stale. "why" marks a change that needs a reason.
"""


class Command(BaseCommand):
    help = "Draws the allowed changes of progress and answers into docs/statuses.md."

    def add_arguments(self, parser):
        # Not --stdout: Django's own option of that name says where a command prints.
        parser.add_argument(
            "--print", action="store_true", dest="only_print", help="Print instead of writing the file."
        )

    def handle(self, *args, only_print, **options):
        page = drawn()
        if only_print:
            self.stdout.write(page, ending="")
        else:
            FILE.write_text(page, encoding="utf-8")
            self.stdout.write(f"Wrote {FILE.relative_to(settings.BASE_DIR)}.")


def drawn():
    progress = diagram("Progress of a recommendation", Progress, CHANGES, needs_reason, Progress.NOT_STARTED)
    answers = diagram("Answer of an addressee", Answer, ANSWER_CHANGES, answer_needs_reason, Answer.AWAITING)
    return "\n".join([HEAD, *progress, *answers])


def diagram(title, choices, changes, needs, first):
    """The lines of one mermaid diagram, in the order of the choices so that it only changes with the table."""
    yield from (f"## {title}", "", "```mermaid", "stateDiagram-v2")
    yield from (f'    state "{choice.label}" as {choice.value}' for choice in choices)
    yield f"    [*] --> {first.value}"
    for before in choices:
        for after in choices:
            if after in changes[before]:
                yield f"    {before.value} --> {after.value}" + (": why" if needs(before, after) else "")
    yield from ("```", "")
