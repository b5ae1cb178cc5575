"""`make bench`: makes the portfolios, measures each, and writes benchmarks/results.md and benchmarks/results.json."""

import argparse
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import databases, machine, report
from benchmarks.budgets import budgets
from benchmarks.serving import ROOT, environment

HERE = Path(__file__).resolve().parent
SIZES = [10_000, 100_000, 1_000_000]


def arguments(given):
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="How many recommendations; 10,000, 100,000 and 1,000,000.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20, help="How long each part of a size goes on, about.")
    parser.add_argument("--strict", action="store_true", help="End with 1 where a budget is missed.")
    parser.add_argument("--out", type=Path, default=HERE, help="The folder of results.md and results.json.")
    return parser.parse_args(given)


def main(given=None):
    asked = arguments(given)
    manage = [sys.executable, ROOT / "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(manage, check=True, cwd=ROOT, env=environment("sqlite://:memory:"))
    with databases.server() as address:
        facts = machine.facts(databases.ask(address, "SHOW server_version")[0][0])
        sizes = {str(size): measured(address, size, asked) for size in asked.sizes or SIZES}
    found = [asdict(budget) for budget in budgets(sizes)]
    results = {"machine": facts, "sizes": sizes, "budgets": found}
    (asked.out / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (asked.out / "results.md").write_text(text := report.markdown(results))
    print(text)
    return int(asked.strict and any(budget.holds is False for budget in budgets(sizes)))


def measured(address, size, asked):
    """In a process of its own, for Django knows one database for as long as it lives."""
    database = databases.portfolio(address, size, asked.seed, print)
    out = databases.FOLDER / f"{size}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    print(f"Measuring {size:,} recommendations.")
    command = ["-m", "benchmarks.measure", "--database", database, "--seconds", str(asked.seconds), "--out", str(out)]
    if subprocess.run([sys.executable, *command], cwd=ROOT).returncode:
        raise SystemExit(1)
    return json.loads(out.read_text())


if __name__ == "__main__":
    sys.exit(main())
