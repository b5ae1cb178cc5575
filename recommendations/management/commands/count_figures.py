"""`manage.py count_figures`: counts what the dashboard shows, so that nobody waits for it in the morning."""

import time

from django.core.management.base import BaseCommand

from recommendations import clock
from recommendations.trends.kept import count_everything


class Command(BaseCommand):
    help = "Counts the dashboard's figures of today, and the months that are over where they are not kept yet."

    def handle(self, *args, **options):
        begun = time.monotonic()
        counted = count_everything(clock.today())
        self.stdout.write(f"Counted anew: {', '.join(counted) or 'nothing'}. {time.monotonic() - begun:.1f} seconds.")
