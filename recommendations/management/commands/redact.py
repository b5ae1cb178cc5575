"""`manage.py redact`: for an administrator at a terminal; takes a name or a passage out of everything, history included."""

from collections import defaultdict

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from recommendations.management.steps import Steps
from recommendations.models import Redaction, Refused, User
from recommendations.redaction import attached, places, remains
from recommendations.redaction.removal import Asked, redact
from recommendations.redaction.wording import Wording

# Of each column so many excerpts are shown.
SHOWN = 3
NOBODY = "@redacted.invalid"


class Command(BaseCommand):
    help = (
        "Take a person's name or a passage out of all that the site holds, its history included. Shows first where it"
        " stands, and asks. That it was done, by whom, when and why stays on record; what stood there does not."
    )

    def add_arguments(self, parser):
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the administrator who has it done")
        parser.add_argument("--reason", required=True, help="why: everyone may read it")
        parser.add_argument(
            "--name", action="append", default=[], help="as it is written; also with initials, or alone"
        )
        parser.add_argument("--passage", action="append", default=[], help="words that are to go, as they are written")
        parser.add_argument("--person", metavar="EMAIL", help="somebody with an account: name, address and sign-in go")
        parser.add_argument("--with", dest="instead", default="[redacted]", help="what stands there instead")
        parser.add_argument("--withdraw-files", action="store_true", help="put a text in the place of files with it")
        parser.add_argument("--dry-run", action="store_true", help="only show where it stands")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument(
            "--write-anew", action="store_true",
            help="write the database anew also where nothing is found: after a run that was killed while it did that",
        )  # fmt: skip

    def handle(self, **options):
        try:
            with Steps(self.stdout.write) as watch:
                asked = asked_of(options)
                found, files = self.look(asked.wording, watch)
            self.show(asked.wording, found, files, options["withdraw_files"])
            files = files if options["withdraw_files"] else []
            if not (found or files):
                self.stdout.write("Nothing to redact.")
                if options["write_anew"] and not options["dry_run"]:
                    transaction.on_commit(self.clear)
            elif not options["dry_run"] and self.confirmed(options["yes"]):
                self.do(asked, found, files)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def look(self, wording, watch):
        advance = watch("Looking through the records", len(places.tables()))
        found = list(places.changes(places.Replacement(wording, 0), advance))
        watch("Looking through the attached files")
        files, unread = attached.holding(wording)
        if unread:
            self.stdout.write(f"Files that cannot be looked through (pictures, or lost): {len(unread)}. Look yourself.")
        return found, files

    def show(self, wording, found, files, are_withdrawn):
        by_column = defaultdict(list)
        for change in found:
            for name, excerpt in places.excerpts(wording, change):
                by_column[f"{change.table}.{name}"].append(excerpt)
        for column, excerpts in by_column.items():
            self.stdout.write(f"{column}: {len(excerpts)}")
            self.stdout.write("".join(f"    … {excerpt} …\n" for excerpt in sorted(set(excerpts))[:SHOWN]))
        for named in places.kept_names(wording):
            self.stdout.write(f"{named}: stays, since others know the record by it.")
        for file in files:
            what = "is withdrawn" if are_withdrawn else "holds it too; --withdraw-files takes it away"
            self.stdout.write(f"Attached file “{file.name}” ({file.stored}): {what}.")
        for name in wording.surnames():
            if rows := places.left_with(wording, Wording(names=[name])):
                self.stdout.write(
                    f"“{name}” without the rest stays in {rows} rows: look whether it is the same person."
                )

    def confirmed(self, is_sure):
        if is_sure:
            return True
        if input("Take it out, for good? Type yes: ").strip().lower() == "yes":
            return True
        self.stdout.write("Nothing was changed.")
        return False

    def do(self, asked, found, files):
        tables = {change.table for change in found} | {model._meta.db_table for model in attached.with_files() if files}
        with Steps(self.stdout.write) as watch:
            advance = watch("Taking it out", len(places.tables()))
            redaction = redact(asked, tables=tables, files=files, watch=advance)
        self.stdout.write(
            f"Redacted: {redaction.places} places, files withdrawn: {len(redaction.files)}."
            f" On record as redaction {redaction.pk}. Restart the site: its processes remember pages for some minutes.\n"
            "Backups, replicas, exports, mails and copies in a proxy hold it still: docs/redaction.md says what to do."
        )
        transaction.on_commit(self.clear)

    def clear(self):
        with Steps(self.stdout.write) as watch:
            watch("Writing the database anew without it")
            kept = remains.clear(watch)
        if kept:
            raise CommandError(
                f"It is in no record any more, but the database's files still hold {kept} dead rows, for somebody who began"
                " before and is not through (pg_stat_activity says who). After that: VACUUM (FULL, ANALYZE)."
            )


def asked_of(options):
    person = person_of(options["person"]) if options["person"] else None
    names, addresses = words_of(person, options["instead"]) if person else ([], [])
    kinds = Redaction.Kind
    return Asked(
        wording=Wording([*options["name"], *names], options["passage"], addresses, options["instead"]),
        kind=kinds.PERSON if person else kinds.NAME if options["name"] else kinds.PASSAGE,
        by=person_of(options["by"]),
        reason=options["reason"],
        person=person,
    )


def person_of(email):
    if person := User.objects.filter(email=email.strip().lower()).first():
        return person
    raise CommandError(f"There is nobody with the address {email}.")


def words_of(person, instead):
    """All names and addresses that this person ever had here."""
    told = [person, *person.history.all()]
    names = {row.full_name for row in told} - {instead, ""}
    return sorted(names), sorted({row.email for row in told if not row.email.endswith(NOBODY)})
