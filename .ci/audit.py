"""Ask pip-audit whether a pinned version has a known vulnerability; says so where the advisories cannot be reached.

Exit code 1 for a vulnerability that is known, and for an answer that is not understood.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

FILES = ("constraints.txt", ".ci/constraints.txt")
PATIENCE = 120
"""Seconds for each file."""

OUT_OF_REACH = ("Failed to resolve", "Max retries exceeded", "ConnectionError", "Could not connect", "timed out")


def verdict(answer: str, errors: str) -> tuple[int, str]:
    """The exit code and a line for what pip-audit said."""
    try:
        found = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = next((line for line in reversed(errors.splitlines()) if line.strip()), "no word")
        if any(sign in errors for sign in OUT_OF_REACH):
            return 0, f"skipped, since the advisories are out of reach: {last[:200]}"
        return 1, f"pip-audit failed: {last[:200]}"
    known = [f"{each['name']} {each['version']}: {bad['id']}" for each in found for bad in each.get("vulns", ())]
    skipped = [each["name"] for each in found if "skip_reason" in each]
    if known:
        return 1, "known vulnerabilities: " + "; ".join(known)
    if found and len(skipped) == len(found):
        return 0, f"skipped, since the advisories are out of reach: {found[0]['skip_reason'][:200]}"
    if skipped:
        return (
            0,
            f"{len(found) - len(skipped)} packages without a known vulnerability; not looked up: {', '.join(skipped)}",
        )
    return 0, f"{len(found)} packages without a known vulnerability"


def main() -> int:
    """Audit all files; the worst exit code."""
    worst = 0
    for file in FILES:
        command = [sys.executable, "-m", "pip_audit", "--requirement", file, "--no-deps", "--disable-pip"]
        command += ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
        try:
            run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
            code, said = verdict(run.stdout, run.stderr)
        except subprocess.TimeoutExpired:
            code, said = 0, f"skipped, since the advisories did not come within {PATIENCE} s"
        print(f"{file}: {said}")
        worst = max(worst, code)
    return worst


if __name__ == "__main__":
    import os

    os.chdir(Path(__file__).parents[1])
    sys.exit(main())
