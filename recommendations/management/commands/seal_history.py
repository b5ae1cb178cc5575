"""`manage.py seal_history`: run once a day; it goes on where the last run stopped, and a second run finds nothing new."""

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from recommendations.models import Refused, Run, Seal
from recommendations.sealing import make


class Command(BaseCommand):
    help = "Seal all that was added to the history since the last seal. Keep copies of the seals elsewhere."

    def handle(self, **options):
        console = Console(stderr=True)
        try:
            with Run.of(Run.Task.SEALS) as run:
                made = self.with_bar(console) if console.is_terminal else make.seal_history(self.say)
                run.words = self.told(made, Seal.head())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(run.words)

    def told(self, made, head):
        if made:
            return f"Sealed: {sum(seal.rows for seal in made)} rows. Seal {head.number}: {head.digest}"
        return f"Nothing new. Seal {head.number}: {head.digest}" if head else "Nothing to seal."

    def with_bar(self, console):
        with Progress(console=console) as progress:
            bar = progress.add_task("Sealing the history")
            return make.seal_history(lambda total, done: progress.update(bar, total=total, completed=done))

    def say(self, total, done):
        """A line a chunk, where several are made."""
        if done and total > make.CHUNK:
            self.stderr.write(f"{done} of {total} rows sealed")
