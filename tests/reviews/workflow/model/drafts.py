"""The words: what an author may choose from, what was frozen of it, and how a correction comes into the draft."""

from collections.abc import Iterator
from dataclasses import dataclass, field

# The words an author may choose from, by number; two texts of one meaning differ in dress only.
TEXTS = (
    "Start with 300 mg once daily [@first].",
    "Start with 600 mg once daily [@second].",
    "START with 300 mg, once daily [@first].",
    "Start with 300 mg once daily [@third].",
    "Start with 300 mg once daily [@nowhere].",
)
MEANINGS = ("300", "600", "300", "300 third", "300 nowhere")
# Its key has no source yet: may be submitted and not approved. Its key is in no list: may not even be submitted.
UNRESOLVED, UNKNOWN = 3, 4
# They cite the source that is edited during the walk.
_CITE_IT = (0, 2)
SECTIONS = (0, 1)

Text = tuple[int, int, int]  # the words of both sections, and which state the cited source was in


@dataclass(eq=False)
class Revision:
    """A frozen text, who wrote words of it, and what it grew from."""

    text: Text
    writers: frozenset[str]
    parent: "Revision | None" = None

    def section(self, section: int) -> tuple[int, int | None]:
        """Return what must be the same for a mark or a notice on this section to stand: its words and sources."""
        words = self.text[section]
        return words, self.text[2] if words in _CITE_IT else None

    def line(self) -> Iterator["Revision"]:
        """Yield the revision and those it grew from."""
        yield self
        if self.parent is not None:
            yield from self.parent.line()

    def corrected(self, by: str, edits: dict[int, int]) -> "Revision":
        words = [edits.get(section, self.text[section]) for section in SECTIONS]
        is_minor = all(MEANINGS[self.text[section]] == MEANINGS[text] for section, text in edits.items())
        return Revision((words[0], words[1], self.text[2]), self.writers | (set() if is_minor else {by}), self)


@dataclass
class Draft:
    words: list[int] = field(default_factory=lambda: [0, 1])
    source: int = 0
    writers: set[str] = field(default_factory=lambda: {"author"})
    base: Revision | None = None

    @property
    def text(self) -> Text:
        return self.words[0], self.words[1], self.source

    def rewrite(self, name: str, section: int, text: int) -> None:
        if MEANINGS[self.words[section]] != MEANINGS[text]:
            self.writers.add(name)
        self.words[section] = text

    def freeze(self) -> Revision:
        if self.base is None or self.base.text != self.text:
            self.base = Revision(self.text, frozenset(self.writers), self.base)
        return self.base

    def has_diverged(self, published: Revision) -> bool:
        return self.base is not None and published not in self.base.line()

    def parts(self, published: Revision) -> list[int]:
        """Return the sections whose words were corrected since the draft and the published text went apart."""
        assert self.base is not None
        ancestor = next(one for one in self.base.line() if one in published.line())
        return [section for section in SECTIONS if ancestor.text[section] != published.text[section]]

    def merge(self, name: str, published: Revision, confirmed: dict[int, int]) -> None:
        for section, text in confirmed.items():
            self.rewrite(name, section, text)
        # Who corrected words that are now in the draft cannot sign for it.
        self.writers |= published.writers
        self.base = published
