"""Whether what a text puts in quotation marks is word for word in its source (MEDICAL.md §7, S14).

Checked are quotations of six words or more, in “…”, "…" or a block of `>` lines, whose citation stands right behind
them or in the words that lead to them, when extracts of that source are stored. White space is folded; nothing else
is. “…” and […] leave words out: the parts must follow each other in one extract. A comma or full stop before the
closing mark belongs to the sentence around.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from articles.text.checks import cited_prose
from articles.text.checks.cited_prose import Block, Mark
from articles.text.checks.finding import Context, Finding, Passage
from articles.text.messages import gettext_noop as _

RULE = "quote-not-found"
_FEWEST_WORDS = 6
_QUOTED = re.compile(
    r"“(?P<curly>[^“”]{20,5000})”|(?<![\w\"])\"(?P<straight>[^\"]{20,5000})\"(?!\w)|«(?P<angle>[^«»]{20,5000})»"
)
_OMISSION = re.compile(r"\[\s*(?:…|\.{3})\s*\]|…|(?<!\.)\.{3}(?!\.)")
_LINE_MARK = re.compile(r"\n[ \t]{0,3}>[ \t]?")


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield the quotations of both texts that are in no stored extract of the source they cite."""
    for section in content["sections"]:
        for audience in ("professional", "plain"):
            text = section[audience]
            for start, end, mark in _quotations(text):
                passages = [passage for key in mark.keys for passage in context.extracts.get(key, ())]
                if passages and not is_word_for_word(text[start:end], passages):
                    words = _(
                        "These words are not in any stored extract of [@%(key)s]: “%(words)s”. Quote it word for "
                        "word, or say it in your own words without quotation marks."
                    )
                    said = {"key": "; @".join(mark.keys), "words": " ".join(text[start:end].split())}
                    yield Finding(RULE, words % said, section["key"], audience, text[start:end], start, end, version=2)


def is_word_for_word(quotation: str, passages: Sequence[Passage]) -> bool:
    """Say whether a quotation stands in one of the passages, white space folded and omissions skipped."""
    parts = [_folded(part) for part in _OMISSION.split(_bare(quotation))]
    parts = [part for part in parts if part]
    if parts and parts[-1][-1:] in ".,;":
        parts[-1] = parts[-1][:-1].rstrip()
    return any(_follow(parts, _folded(passage.text)) for passage in passages)


def _follow(parts: list[str], passage: str) -> bool:
    place = 0
    for part in parts:
        place = passage.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def _folded(words: str) -> str:
    return " ".join(words.split())


def _bare(quotation: str) -> str:
    """Return a quotation without the marks that Markdown and citations put into it."""
    words = _LINE_MARK.sub("\n", quotation)
    return re.sub(r"\*{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)|\\(?=[\W_])", "", cited_prose.CITATION.sub("", words))


def _quotations(text: str) -> Iterator[tuple[int, int, Mark]]:
    """Yield start and end of each quotation, within its marks, with the citation it belongs to."""
    blocks = cited_prose.blocks(text)
    for place, block in enumerate(blocks):
        if block.kind == "quotation":
            yield from _block_quotation(text, blocks, place)
            continue
        cited = [mark for sentence in block.sentences for mark in sentence.marks]
        for found in _QUOTED.finditer(text, block.start, block.end):
            group = found.lastgroup or ""
            start, end = found.span(group)
            mark = _mark_of(text, block, cited, found.start(), found.end())
            if mark is not None and _is_long(text[start:end]):
                yield start, end, mark


def _mark_of(text: str, block: Block, cited: list[Mark], start: int, end: int) -> Mark | None:
    """Return the citation of a quotation: the next one in its sentence, or else the last one before it there."""
    within = next((one for one in cited if start < one.start < end), None)
    if within is not None:
        return within
    first = min((one.start for one in block.sentences if one.start <= start < one.end), default=start)
    last = max(
        (one.end for one in block.sentences if one.start < end <= one.end or one.start <= start < one.end), default=end
    )
    behind = next((one for one in cited if end <= one.start < last), None)
    if behind is not None:
        return behind
    following = next((one for one in cited if one.start >= last), None)
    if following is not None and not text[end : following.start].strip(" \t\n.,;:!?)”\"’'*_"):
        return following
    return next((one for one in reversed(cited) if first <= one.start < start), None)


def _block_quotation(text: str, blocks: tuple[Block, ...], place: int) -> Iterator[tuple[int, int, Mark]]:
    """Yield a block of quoted lines: its own citation, or the one that ends the line before it."""
    block = blocks[place]
    cited = [mark for sentence in block.sentences for mark in sentence.marks]
    start, end = block.start, block.end
    if cited:
        mark = cited[-1]
        if not text[mark.end : end].strip(" .>\n—–-"):
            end = mark.start
    elif place and blocks[place - 1].kind in ("paragraph", "item") and blocks[place - 1].sentences[-1].marks:
        before = blocks[place - 1].sentences[-1]
        if not before.bare.rstrip().endswith((":", "—")):
            return
        mark = before.marks[-1]
    else:
        return
    start, end = _trimmed(text, start, end)
    if _is_long(text[start:end]):
        yield start, end, mark


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place without the space, the line marks and the quotation marks around it."""
    around = ' \t\n>“”"«»—–'
    while start < end and text[start] in around:
        start += 1
    while end > start and text[end - 1] in around:
        end -= 1
    return start, end


def _is_long(words: str) -> bool:
    return len(cited_prose.CITATION.sub(" ", words).split()) >= _FEWEST_WORDS
