"""The figures as tables for people."""

from benchmarks.figures import Budget


def markdown(results):
    parts = [f"# Results\n\n{machine(results['machine'])}"]
    parts += [f"## {int(size):,} recommendations\n\n{of_size(found)}" for size, found in results["sizes"].items()]
    parts.append(f"## Budgets\n\n{budgets(Budget(**each) for each in results['budgets'])}")
    return "\n\n".join(parts) + "\n"


def machine(facts):
    told = "; ".join(f"{name} {value}" for name, value in facts.items())
    return f"Made by `make bench`; figures of one run are compared with each other. {told[:1].upper()}{told[1:]}."


def table(heads, rows):
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def of_size(found):
    parts = [pages(found.get("pages", {})), changes(found.get("writes", {})), files(found.get("exports", {}))]
    began, ended = found["memory at the start"], found["memory at the end"]
    memory = f"The server's processes took {began} MB at the start, {ended} at the end."
    return "\n\n".join([*filter(None, parts), memory])


# {head of the column: key of the figure}
COLUMNS = {
    "p50 ms": "p50", "p95 ms": "p95", "p50 after a change": "p50 after a change", "p95 after a change": "p95 after a change",
    "floor p50 ms": "floor", "times the floor": "times the floor", "after a change": "times the floor after a change",
    "visits": "samples",
}  # fmt: skip


def pages(pages):
    rows = [(name, *(each.get(key, "") for key in COLUMNS.values())) for name, each in pages.items()]
    return table(["page", *COLUMNS], rows) if rows else ""


def changes(writes):
    rows = [(name, each["a second"], each["done"], each["history rows"]) for name, each in writes.items()]
    return table(["status changes on four connections", "a second", "done", "history rows"], rows) if rows else ""


def files(exports):
    names = ("seconds", "first byte", "lines", "MB", "memory growth")
    rows = [(name, *(each[one] for one in names)) for name, each in exports.items()]
    return table(["file", "seconds", "first byte s", "lines", "MB", "memory more, MB"], rows) if rows else ""


def budgets(every):
    rows = [(each.name, limit(each), "" if each.found is None else each.found, each.verdict) for each in every]
    return table(["budget", "limit", "found", ""], rows)


def limit(budget):
    return f"at most {budget.most}" if budget.most is not None else f"at least {budget.least}"
