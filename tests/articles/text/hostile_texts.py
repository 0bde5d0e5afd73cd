"""Texts that repeat one kind of token, read by the checks under a limit of processor time.

Run as `python -m tests.articles.text.hostile_texts` it reads 24,000 characters of each; a rule whose work
grows with the square of a text is killed by the system.
"""

import resource
import sys

UNITS = (
    *("1,000,", "1.000,", "1,000 ", "1 000 ", "1.5 ", "0,5 ", "1-", "1–2 ", "1/2 ", "11", "10⁶ ", "½ "),
    *("5 mg ", "5 mg/kg ", "10 to 20 mg ", "10–20 mg, ", "500/125 mg ", "5 % ", "120/80 ", "mL/min/1.73 m² "),
    *("(", "(a ", "[", "“a” ", '"', "'", "–", "— ", "-", ", ", "; ", ": ", "... ", "?", "A. ", "Dr. ", "e.g. ", "2. "),
    *("apixaban ", "apixaban 5 mg twice daily ", "apixaban 5 mg. ", "ibuprofen or ", "eGFR 15–25 ", "tablet ", "BID "),
    *(
        "or ",
        "not ",
        "and ",
        "may ",
        "never ",
        "unless ",
        "if you ",
        "do not ",
        "more than ",
        "up to ",
        "respectively, ",
    ),
    *("daily ", "every 6 hours ", "for 7 days ", "3 times ", "one ", "two hundred ", "1 in 100 ", "95% CI ", "HR 0.8 "),
    *(
        "[@a] ",
        "- x\n",
        "1. x\n",
        "| a | b |\n",
        "> x\n",
        "*",
        "`",
        "``",
        "&",
        "&amp; ",
        "<",
        "\\",
        "a\n",
        "a\n\n",
        "\t",
    ),
    *(
        "reviewed by ",
        "this page was ",
        "approved: ",
        "our doctors ",
        "is reviewed and ",
        "http://a ",
        "10.1234/x ",
        "a@b.c ",
    ),
    *("ab-", "é", "😀", "\u00a0", "a" * 50 + " ", "the study showed ", "children ", "contraindicated "),
)
# They take half a minute where a step that is not linear takes hours.
SIZE, SECONDS = 24_000, 240


def text_of(unit: str, size: int) -> str:
    """Return a text of some size in lines that are not too long."""
    line = unit * (9_000 // len(unit))
    return ((line + "\n") * (size // len(line) + 1))[:size]


def main() -> None:
    from articles.text import checks
    from tests.articles.text.checks.contents import content, section

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    read = 0
    for unit in UNITS:
        written = content(section("x", "x"))
        written["sections"][0].update(professional=text_of(unit, SIZE), plain=text_of(unit, SIZE))
        checks.run(written)
        read += 1
    sys.stdout.write(f"{read}\n")


if __name__ == "__main__":
    main()
