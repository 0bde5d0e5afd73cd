"""`python -m tests.corpus [--misses] [--write]`: prints the table; fails when a promised number is under its floor."""

import argparse
import os
import sys

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name each miss by its item")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/checks-report.md")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    from tests.corpus import report
    from tests.corpus.loading import load

    sys.stdout.write(report.text(with_misses=asked.misses))
    if asked.write:
        report.PAGE.write_text(report.text(), encoding="utf-8")
    short = report.shortfalls(load())
    for sentence in short:
        sys.stderr.write(f"Under what is promised: {sentence}\n")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
