"""`manage.py restore FILE`: brings back what `backup` wrote, and says what was proven of it."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from recommendations.backups import contents
from recommendations.backups.restoring import restore
from recommendations.management.steps import Steps
from recommendations.models import Refused


class Command(BaseCommand):
    help = (
        "Put the database and the attached files of a backup in the place of what is there. Nothing is touched before the"
        " whole archive was checked. Everybody signs in again afterwards."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="give up the records that are there now")

    def handle(self, *args, path, replace, **options):
        try:
            with Steps(self.stdout.write) as watch:
                manifest = restore(path, watch, replace=replace)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        members, rows = len(manifest["members"]), sum(manifest["counts"].values())
        self.stdout.write(
            f"Restored the backup of {manifest['made_at']}: {rows} rows in {len(manifest['counts'])} tables, counted, and"
            f" {members} members of the archive with the SHA-256 they were written with."
        )
        if contents.known_migrations() - set(manifest["migrations"]):
            self.stdout.write("The backup is of an older version of the site: migrating it.")
            call_command("migrate", interactive=False, verbosity=0)
        # With the seal that the backup ended with: none was cut off since.
        against = [manifest["seal"]["digest"]] if manifest.get("seal") else []
        call_command("verify_history", against=against, stdout=self.stdout)
