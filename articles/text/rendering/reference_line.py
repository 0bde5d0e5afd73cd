"""A reference in the making: words, emphasis and links, as one element."""

from xml.etree.ElementTree import Element, SubElement

from articles.text.parsing.links import point

ENDS = (".", "?", "!")  # after these a sentence needs no full stop


class ReferenceLine:
    """The element of one reference; nothing that is added can become markup."""

    def __init__(self) -> None:
        self.element = Element("span", {"class": "reference-text"})

    def say(self, words: str, *, end: str = ".") -> "ReferenceLine":
        """Add plain words and, unless they have one, a full stop."""
        if words:
            self.space()
            self.add(words if words.endswith(ENDS) else words + end)
        return self

    def emphasise(self, words: str, *, end: str = "") -> "ReferenceLine":
        if words:
            name = SubElement(self.element, "em")
            name.text = words
            name.tail = "" if words.endswith(ENDS) else end
        return self

    def link(self, words: str, address: str | None) -> "ReferenceLine":
        """Add a link, or its words alone where the address is not one we may follow."""
        if address is None:
            self.add(words)
        else:
            anchor = SubElement(self.element, "a")
            point(anchor, address)
            anchor.text = words
        return self

    def add(self, words: str) -> None:
        """Add words right behind the last ones."""
        if len(self.element):
            self.element[-1].tail = (self.element[-1].tail or "") + words
        else:
            self.element.text = (self.element.text or "") + words

    def space(self) -> "ReferenceLine":
        """Add a space unless nothing stands before it."""
        if len(self.element) or self.element.text:
            self.add(" ")
        return self
