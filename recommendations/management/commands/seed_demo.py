"""`manage.py seed_demo`: fills an empty database with a demonstration, lived through by the real verbs."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from recommendations.management.demo import PASSWORD, PEOPLE, Story
from recommendations.models import ResponseRegime, User

CHAPTERS = (
    "school_buses",
    "cse",
    "school_streets",
    "short_breaks",
    "care_leavers",
    "gritting",
    "placements",
    "reminders",
    "calendars",
    "kept_views",
    "statements",
    "unfinished_draft",
    "newcomer",
)


class Command(BaseCommand):
    help = "Loads the demonstration: the CSE minutes, some invented meetings, accounts for clerk, officer and member."

    def add_arguments(self, parser):
        parser.add_argument(
            "--only-cse", action="store_true", help="The CSE minutes alone (for fixtures/cse_item.json)."
        )

    def handle(self, *args, only_cse, **options):
        if not settings.DEMO:
            raise CommandError("This is for demonstrations only. Set DEMO=true, never where real minutes are kept.")
        if User.objects.filter(email=PEOPLE["clerk"][0]).exists():
            self.stdout.write("The demonstration is loaded already.")
            return
        with transaction.atomic():
            if not ResponseRegime.objects.exists():
                call_command("loaddata", "reference", verbosity=0)
            story = Story(self.stdout.write)
            story.people_and_boards()
            for chapter in ("cse",) if only_cse else CHAPTERS:
                getattr(story, chapter)()
        accounts = ", ".join(PEOPLE[key][0] for key in ("clerk", "officer", "member"))
        self.stdout.write(
            "The words of the CSE minutes are real. Owners, dates and answers are invented, since the minutes hold none; "
            f"the other meetings are invented whole.\nSign in as {accounts} with the password {PASSWORD}."
        )
