"""`manage.py seed_portfolio`: fills a database with an invented portfolio of any size, to try a server with."""

import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from recommendations import clock
from recommendations.models import Recommendation, ResponseRegime, User
from recommendations.portfolio import loading
from recommendations.portfolio.councils import ADDRESSES


class Command(BaseCommand):
    help = "Fills the database with invented recommendations and their history. Never where real minutes are kept."

    def add_arguments(self, parser):
        parser.add_argument("--recommendations", type=int, required=True, metavar="N", help="How many, at least 1.")
        parser.add_argument("--seed", type=int, default=1, metavar="K", help="The same seed makes the same portfolio.")
        parser.add_argument("--beside", action="store_true", help="Beside the records that are there already.")
        parser.add_argument("--invented", action="store_true", help="I know that this site keeps no real minutes.")

    def handle(self, *args, recommendations, seed, beside, invented, **options):
        if not (settings.DEMO or invented):
            raise CommandError(
                "This fills the database with invention. Set DEMO=true or give --invented, never where real minutes are kept."
            )
        if recommendations < 1:
            raise CommandError("Give a number of recommendations, at least 1.")
        if Recommendation.objects.exists() and not beside:
            raise CommandError("There are recommendations here already. Give --beside to add to them.")
        if User.objects.filter(email__endswith=ADDRESSES).exists():
            raise CommandError("A portfolio is here already. Each needs a database that has none.")
        if not ResponseRegime.objects.exists():
            call_command("loaddata", "reference", verbosity=0)
        started = time.monotonic()
        with self.bar() as bar:
            task = bar.add_task("Recommendations", total=recommendations)
            loading.load(recommendations, seed, clock.today(), lambda told: self.advance(bar, task, told))
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{recommendations:,} recommendations in {seconds:.0f} s, {recommendations / seconds:,.0f} a second."
        )

    def advance(self, bar, task, told):
        bar.advance(task, told)
        if bar.finished:
            bar.update(task, description="Indexes and statistics")

    def bar(self):
        """Drawn where somebody looks on."""
        console = Console(file=self.stdout)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Progress(*columns, console=console, disable=not console.is_terminal)
