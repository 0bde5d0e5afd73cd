"""Headings, tables and lists of one text, as they stand in the page around it."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_TOP_HEADING = 3  # the page's title is h1, its sections are h2
_LONGEST_LABEL = 160


def arrange(tree: Element, *, first_table: int, words: dict[str, str]) -> int:
    """Shift the headings of a text below its section's, wrap its tables; return how many tables it has."""
    shift_headings(tree)
    for listing in tree.iter("ol"):
        if len(listing.get("start", "")) > 9:
            del listing.attrib["start"]
    return wrap_tables(tree, first_table=first_table, words=words)


def shift_headings(tree: Element) -> None:
    """Make the highest heading of a text an h3 and leave no level out on the way down."""
    for element in list(tree.iter()):
        if element.tag in _HEADINGS and not "".join(element.itertext()).strip():
            element.tag = "p"
    headings = [element for element in tree.iter() if element.tag in _HEADINGS]
    top = min((_HEADINGS[heading.tag] for heading in headings), default=1)
    above = _TOP_HEADING - 1
    for heading in headings:
        level = min(_HEADINGS[heading.tag] - top + _TOP_HEADING, above + 1, 6)
        heading.tag = f"h{level}"
        above = level


def wrap_tables(tree: Element, *, first_table: int, words: dict[str, str]) -> int:
    """Put every table into a container that scrolls, also by keyboard, under a name of its own."""
    number = first_table
    for parent, position, table in list(_tables(tree)):
        for cell in table.iter():
            if cell.tag in ("th", "td"):
                _dress(cell)
        container = Element(
            "div",
            {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": _label(table, number, words)},
        )
        container.tail, table.tail = table.tail, None
        container.append(table)
        parent[position] = container
        number += 1
    return number - first_table


def _tables(tree: Element) -> Iterator[tuple[Element, int, Element]]:
    for parent in tree.iter():
        for position, child in enumerate(parent):
            if child.tag == "table":
                yield parent, position, child


def _dress(cell: Element) -> None:
    alignment = cell.attrib.pop("align", None)
    cell.attrib.pop("style", None)
    if alignment:
        cell.set("class", f"align-{alignment}")
    if cell.tag == "th":
        if "".join(cell.itertext()).strip():
            cell.set("scope", "col")
        else:
            cell.tag = "td"  # a header without a word heads nothing


def _label(table: Element, number: int, words: dict[str, str]) -> str:
    columns = (" ".join("".join(cell.itertext()).split()) for cell in table.iter("th"))
    named = ", ".join(name for name in columns if name)
    if not named:
        return words["table_plain"].format(number=number)
    return words["table"].format(number=number, columns=_cut(named, _LONGEST_LABEL))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"
