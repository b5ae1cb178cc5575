"""`manage.py verify_history`: proves that the history is what it was, or names what is not (exit code 1)."""

from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from recommendations.sealing.chain import DIGEST
from recommendations.sealing.verify import Verification


class Command(BaseCommand):
    help = (
        "Prove that no row of the history was altered, removed or slipped in since it was sealed, that every record is as"
        " its last history row has it, and that every change was allowed, by somebody entitled to it at that time."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--against", metavar="FILE|DIGEST", action="append", default=[],
            help="a copy of the seals that was kept elsewhere (the page, its text or its feed), or one digest",
        )  # fmt: skip
        parser.add_argument(
            "--limit", type=int, default=100, help="name so many findings (100 unless given), then count the rest"
        )

    def handle(self, *, against, limit, **options):
        verification = Verification(kept=[line for each in against for line in lines_of(each)])
        found = 0
        with self.bar(verification) as watch:
            for finding in verification.findings(watch):
                found += 1
                if found <= limit:
                    self.stdout.write(str(finding))
        if found > limit:
            self.stdout.write(f"… and {found - limit} more.")
        if found:
            raise CommandError(f"The history is not what it was: {found} findings.")
        self.stdout.write("\n".join(verification.proven()))

    @contextmanager
    def bar(self, verification):
        console = Console(stderr=True)
        if not console.is_terminal:
            yield lambda rows: None
            return
        with Progress(console=console) as progress:
            bar = progress.add_task("Verifying the history", total=verification.size())
            yield lambda rows: progress.advance(bar, rows)


def lines_of(given):
    """A file's lines, or what was given itself; one without a digest would agree with anything."""
    path = Path(given)
    if not path.is_file() and not DIGEST.fullmatch(given):
        raise CommandError(f"{given} is neither a file nor a digest (64 signs, 0–9 and a–f).")
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else [given]
    kept = [line for line in lines if DIGEST.search(line.lower())]
    if not kept:
        raise CommandError(f"{given} holds no digest of a seal.")
    return kept
