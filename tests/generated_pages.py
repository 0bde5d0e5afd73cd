"""Pages of text as a publisher's backlog holds them: written by a rule, each another, all readable."""

from pathlib import Path

_SECTIONS = ("From the Guidelines", "From the FDA Drug Label", "From the Research")
_SUBJECTS = ("neuropathic pain", "mild asthma", "an uncomplicated infection", "raised blood pressure", "acute migraine")


def page(number: int, *, items: int = 12) -> str:
    """Return the text of one page: three sections with lists, doses and citation numbers."""
    lines = [f"What is the first choice in {_SUBJECTS[number % len(_SUBJECTS)]}, case {number}?", ""]
    for place, heading in enumerate(_SECTIONS):
        cited = place * 2 + 1
        lines += [heading, "", f"A stepwise approach is advised, with attention to relief and side effects. [{cited}]"]
        for item in range(items // len(_SECTIONS)):
            dose = 5 * (number % 40 + item + 1)
            lines.append(f"- Start with {dose} mg once daily and reassess after {item + 2} weeks. [{cited + item % 2}]")
        lines.append("")
    return "\n".join(lines)


def write_pages(folder: Path, count: int) -> None:
    """Write pages into folders of 250, as exports of old systems look."""
    for number in range(count):
        place = folder / f"{number // 250:03}"
        if number % 250 == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"page-{number:06}.txt").write_text(page(number))
