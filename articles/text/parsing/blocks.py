"""What stands in blocks: lists as people indent them, quotations with lists within, addresses defined for links."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockQuoteProcessor, ReferenceProcessor
from markdown.preprocessors import Preprocessor
from mdx_truly_sane_lists.mdx_truly_sane_lists import TrulySaneOListProcessor

_ITEM = re.compile(r"([ ]*)((?:\d+\.|[-+*])[ ]+)(?=\S)")
_LEVEL = "  "
_CODE = 4  # an indent by which a line is code, not text


class ListIndentation(Preprocessor):
    """Bring lists to two spaces a level, from two, three, four or a tab.

    The list extension nests at two spaces exactly: `- a` with `- b` four spaces in came out as "a - b", one line.
    """

    def run(self, lines: list[str]) -> list[str]:
        open_items: list[tuple[int, int]] = []  # the indent of each open level and of the text in its item
        follows_blank = True
        brought = []
        for line in lines:
            if item := _ITEM.match(line):
                brought.append(_item(line, item, open_items))
            elif line.strip() and open_items:
                brought.append(_continuation(line, open_items, follows_blank))
            else:
                brought.append(line)
            follows_blank = not line.strip()
        return brought


def _item(line: str, item: re.Match[str], open_items: list[tuple[int, int]]) -> str:
    indent = len(item[1])
    if not open_items and indent >= _CODE:
        return line
    while len(open_items) > 1 and indent < open_items[-1][0]:
        open_items.pop()
    level = (indent, item.end())
    if not open_items or indent >= open_items[-1][0] + len(_LEVEL):
        open_items.append(level)
    else:
        open_items[-1] = (open_items[-1][0], item.end())
    return _LEVEL * (len(open_items) - 1) + line[indent:]


def _continuation(line: str, open_items: list[tuple[int, int]], follows_blank: bool) -> str:
    """A line of text within a list: it belongs to the deepest item that it is indented under."""
    indent = len(line) - len(line.lstrip(" "))
    depth = sum(start < indent for start, _text in open_items)
    if not depth:
        if follows_blank:
            open_items.clear()
        return line
    further = indent - open_items[depth - 1][1]
    return _LEVEL * depth + " " * (further if further >= _CODE else 0) + line[indent:]


class OrderedLists(TrulySaneOListProcessor):  # type: ignore[misc]  # the package has no types
    """Ordered lists that keep their first number: a list that goes on after a paragraph goes on counting."""

    LAZY_OL = False


class Quotations(BlockQuoteProcessor):
    """Block quotations whose lines are prepared like those of the whole text, so that a list in one is a list."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        start = self.RE.search(block)
        assert start, "test() found it"  # noqa: S101
        self.parser.parseBlocks(parent, [block[: start.start()]])
        lines = [self.clean(line) for line in block[start.start() :].lstrip("\n").split("\n")]
        for name in ("list_indentation", "breakless_lists"):
            lines = self.parser.md.preprocessors[name].run(lines)
        quotation = self.lastChild(parent)
        if quotation is None or quotation.tag != "blockquote":
            quotation = SubElement(parent, "blockquote")
        self.parser.state.set("blockquote")
        self.parser.parseChunk(quotation, "\n".join(lines))
        self.parser.state.reset()


class AddressDefinitions(ReferenceProcessor):
    """`[label]: https://address "title"`; anything else of that form is the author's text and stays on the page.

    The parser's own expression takes `[Note]: caution` for a definition, drops the line, and backtracks over quotes.
    """

    RE = re.compile(
        r"^[ ]{0,3}\[(?!@)([^\[\]\n]+)\]:[ ]*<?((?:https?|mailto):[^\s<>]+)>?"
        r"(?:[ ]+(([\"'])([^\"'\n]*)\4|\(([^()\n]*)\)))?[ ]*$",
        re.MULTILINE | re.IGNORECASE,
    )
