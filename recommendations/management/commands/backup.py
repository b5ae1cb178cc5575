"""`manage.py backup FILE`: the database and the attached files in one archive, while the site runs."""

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from recommendations.backups.taking import take
from recommendations.management.steps import Steps
from recommendations.models import Refused


class Command(BaseCommand):
    help = "Write the database and the attached files into one archive, which `restore` brings back. The site may run."

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="FILE", help="a new file, for example tracker-2027-05-03.tar.gz")

    def handle(self, *args, path, **options):
        try:
            with Steps(self.stdout.write) as watch:
                manifest = take(path, watch)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        size = filesizeformat(sum(proof["bytes"] for proof in manifest["members"].values()))
        rows, files = sum(manifest["counts"].values()), len(manifest["members"]) - 1
        self.stdout.write(f"{path}: {rows} rows, files: {files}, {size} before packing. It holds personal data.")
