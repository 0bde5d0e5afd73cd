"""The house's Markdown: parsed into an element tree with raw HTML off, never into a string of HTML."""

import html
from copy import deepcopy
from functools import lru_cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.tables import TableExtension
from mdx_breakless_lists.mdx_breakless_lists import BreaklessLists
from mdx_truly_sane_lists.mdx_truly_sane_lists import TrulySaneListExtension

from articles.text.messages import gettext_noop as _

from .blocks import AddressDefinitions, ListIndentation, OrderedLists, Quotations
from .inlines import Autolinks, Automails, Citations, CodeSpans, Entities, Images, Links, References, ShortReferences
from .limits import TextTooComplex, check_limits
from .links import allowed_address, point
from .markers import Markers


def parse(text: str) -> Element:
    """Return one text as a tree: a `div` of blocks whose text nodes are plain text, decoded once.

    Links are checked; `citation` elements stand where the text cites (attribute `keys`, the source text within).
    Raises TextTooComplex for a text over the limits, before parsing it.
    """
    return deepcopy(_checked(text))


# One page and one step ask for the same texts again and again: for their keys, their terms, their checks, their HTML.
@lru_cache(maxsize=128)
def _checked(text: str) -> Element:
    check_limits(text)
    try:
        tree = _parsed(text)
        for element in tree.iter():
            if element.tag == "code":
                _decode_code(element)
        _check_links(tree)
    except Exception as error:
        # The parser is not ours and its input is untrusted: whatever breaks it (a stack that overflows, an index that
        # is out of range) is a fault of this text for its author, never of the page.
        raise TextTooComplex(_("This text cannot be read as Markdown. Simplify its lists and markup.")) from error
    return tree


def _parsed(text: str) -> Element:
    """What `Markdown.convert` does, up to the tree."""
    dialect = _dialect()
    lines = text.split("\n")
    for preprocessor in dialect.preprocessors:
        lines = preprocessor.run(lines)
    tree = Element("div")
    dialect.parser.parseChunk(tree, "\n".join(lines))
    for treeprocessor in dialect.treeprocessors:
        changed = treeprocessor.run(tree)
        tree = tree if changed is None else changed
    return tree


def _dialect() -> Markdown:
    """A parser for one text: it holds the state of the text it reads, so each text and each thread has its own."""
    dialect = Markdown(
        extensions=[TableExtension(use_align_attribute=True), BreaklessLists(), TrulySaneListExtension(nested_indent=2)]
    )
    dialect.preprocessors.deregister("html_block")
    dialect.preprocessors.register(ListIndentation(dialect), "list_indentation", 28)

    blocks = dialect.parser.blockprocessors
    blocks.register(OrderedLists(dialect.parser), "olist", 50)
    blocks.register(Quotations(dialect.parser), "quote", 20)
    blocks.register(AddressDefinitions(dialect.parser), "reference", 15)
    _set_patterns(dialect)
    dialect.treeprocessors.deregister("prettify")
    return dialect


def _set_patterns(dialect: Markdown) -> None:
    """Replace what looks too far, leave out what lets HTML or images in; a higher number is tried earlier."""
    patterns = dialect.inlinePatterns
    for name in ("html", "image_reference", "short_image_ref"):
        patterns.deregister(name)
    patterns.register(CodeSpans(), "backtick", 190)
    patterns.register(Citations(dialect), "citation", 175)
    patterns.register(Markers(dialect), "marker", 173)
    patterns.register(References(dialect), "reference", 170)
    patterns.register(Links(dialect), "link", 160)
    patterns.register(Images(dialect), "image_link", 150)
    patterns.register(ShortReferences(dialect), "short_reference", 130)
    patterns.register(Autolinks(dialect), "autolink", 120)
    patterns.register(Automails(dialect), "automail", 110)
    patterns.register(Entities(dialect), "entity", 80)


def _decode_code(element: Element) -> None:
    """Undo the parser's own escaping of code: our serialiser escapes every text node, once."""
    escaped = (element.text or "").rstrip()
    element.text = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _check_links(tree: Element) -> None:
    """Keep links that may be followed; every other one becomes its own words. A link within a link is no link."""
    within: list[tuple[Element, bool]] = [(tree, False)]
    while within:
        element, linked = within.pop()
        is_link = element.tag == "a"
        if is_link:
            _check_link(element, linked)
        elif element.tag == "citation" and linked:
            element.tag = "span"
            element.attrib.clear()
        within.extend((child, linked or is_link) for child in element)


def _check_link(link: Element, linked: bool) -> None:
    title = html.unescape(link.get("title", ""))
    address = allowed_address(link.get("href", ""))
    link.attrib.clear()
    if address is None or linked:
        link.tag = "span"
        link.set("class", "link-refused")
        return
    point(link, address)
    if title:
        link.set("title", title)
