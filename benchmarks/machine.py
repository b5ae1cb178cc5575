"""What the figures were measured on."""

import os
import platform
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.serving import ROOT


def facts(postgresql):
    return {
        "processor": first(r"^model name\s*: (.*)$", "/proc/cpuinfo"),
        "cores": len(os.sched_getaffinity(0)),
        "memory": f"{memory() / 1e6:.0f} GB",
        "load at the start": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "postgresql": postgresql,
        "commit": commit(),
        "day": datetime.now(UTC).date().isoformat(),
    }


def first(pattern, path):
    text = Path(path).read_text() if Path(path).exists() else ""
    found = re.search(pattern, text, re.M)
    return found[1] if found else ""


def commit():
    told = subprocess.run(
        [shutil.which("git") or "git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    )
    return told.stdout.strip()


def memory():
    """In KB."""
    return int(first(r"^MemTotal:\s*(\d+)", "/proc/meminfo") or 0)
