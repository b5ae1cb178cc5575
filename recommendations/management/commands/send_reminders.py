"""`manage.py send_reminders`: run once a day; what was missed is made up, and a second run sends nothing."""

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from recommendations import clock
from recommendations.models import Refused, Run
from recommendations.models.mails import Delivery
from recommendations.reminders import sending
from recommendations.reminders.digests import digests_of


class Command(BaseCommand):
    help = (
        "Send the reminders of today: to owners what is due, to clerks what is stuck, to those who follow what changed."
        " One e-mail an address a day, however often this runs."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say who would be told what; send and store nothing")

    def handle(self, *args, dry_run, **options):
        if dry_run:
            return self.say_what_would_be_sent()
        try:
            with Run.of(Run.Task.REMINDERS) as run:
                became, refusal = sending.send_all(clock.today(), watch=self.watch)
                run.words = self.told(became)
                if any(became.values()) or not refusal:
                    self.stdout.write(run.words)
                if refusal:
                    raise refusal
        except Refused as why:
            raise CommandError(str(why)) from None
        if put_off := became[Delivery.PUT_OFF]:
            raise CommandError(f"The mail server put off {put_off}. Run this again to try once more.")
        return None

    def say_what_would_be_sent(self):
        digests = digests_of(clock.today())
        for digest in digests:
            self.stdout.write(f"{digest.address}: {digest.subject}")
        self.stdout.write(f"To send: {len(digests)}. Nothing was sent.")

    def watch(self, digests):
        console = Console(stderr=True)
        return track(digests, "Sending reminders", console=console) if console.is_terminal else digests

    def told(self, became):
        told = [f"{kind.label}: {became[kind]}." for kind in Delivery if became[kind]]
        if others := became[None]:
            told.append(f"Left to another run: {others}.")
        return " ".join(told) or "Nothing to send."
