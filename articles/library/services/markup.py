"""XML that services send, read without entities, external parts or names of namespaces."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

from articles.library.services.http import Malformed

_DEEPEST = 200


def parse(body: bytes) -> Element:
    """Return the root of a document. Raises `Malformed`, also for declared entities and for nesting without end.

    A DOCTYPE that names an outside DTD, as PubMed's has, is passed over and never fetched.
    """
    try:
        root = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Malformed(_("The answer is not readable XML.")) from error
    _check_depth(root)
    return root


def children(element: Element | None, *path: str) -> list[Element]:
    """Return the elements at a path of names below an element, whatever their namespace."""
    found = [] if element is None else [element]
    for name in path:
        found = [child for one in found for child in one if local_name(child) == name]
    return found


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element at a path, if there is one."""
    return next(iter(children(element, *path)), None)


def text(element: Element | None, *path: str) -> str:
    """Return all text within the first element at a path, as one line."""
    found = child(element, *path) if path else element
    return "" if found is None else " ".join("".join(found.itertext()).split())


def attribute(element: Element | None, name: str, *path: str) -> str | None:
    """Return an attribute of the first element at a path, if both are there."""
    found = child(element, *path)
    return None if found is None else found.get(name)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; comments and instructions have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name below an element, in the order of the document."""
    return (one for one in element.iter() if local_name(one) == name)


def _check_depth(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise Malformed(_("The answer is nested too deeply."))
        level = [child for one in level for child in one]
