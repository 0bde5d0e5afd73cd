"""The findings of a content of an article, with the facts that the checks ask for."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from articles.models import Article, GlossaryTerm, Publication, Section, Source
from articles.models.translation import translated
from articles.text import checks
from articles.writing.editorial_policy import editorial_policy
from articles.writing.wording import meaning


def of_content(article: Article, content: dict[str, Any]) -> list[checks.Finding]:
    """Return the findings of a content, whatever the draft has become meanwhile."""
    return checks.run(content, context(article, content))


def rule_words(rule: str) -> str:
    """Return what a rule finds, in the reader's language; a rule that no longer exists keeps its name."""
    return translated(checks.RULES[rule]) if rule in checks.RULES else rule


@dataclass(frozen=True)
class Excerpt:
    """The words of a finding with a little of what stands around them; long words are cut in the middle."""

    before: str
    words: str
    after: str


def excerpt(content: dict[str, Any], finding: checks.Finding) -> Excerpt | None:
    """Return the words of a finding in their place; None where it is about no words of a text."""
    section = next((one for one in content["sections"] if one["key"] == finding.section_key), None)
    text = section[finding.audience] if section and finding.audience else ""
    if not finding.words or finding.start >= finding.end or text[finding.start : finding.end] != finding.words:
        return None
    before, after = text[: finding.start], text[finding.end :]
    return Excerpt(_last_words(before), _cut(finding.words), _first_words(after))


_AROUND, _LONGEST_WORDS = 60, 240


def _last_words(text: str) -> str:
    line = text.rpartition("\n")[2]
    return line if len(line) <= _AROUND else "… " + line[-_AROUND:].partition(" ")[2]


def _first_words(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= _AROUND else line[:_AROUND].rpartition(" ")[0] + " …"


def _cut(words: str) -> str:
    half = _LONGEST_WORDS // 2
    return words if len(words) <= _LONGEST_WORDS else f"{words[:half]} … {words[-half:]}"


def context(article: Article, content: dict[str, Any]) -> checks.Context:
    """Return what the checks ask about a content, in at most eight queries however much it holds."""
    sources = _sources(content)
    warn_grade, block_grade = editorial_policy().reading_grades()
    return checks.Context(
        risk=article.risk,
        extracts={key: _passages(source) for key, source in sources.items() if source is not None},
        sources={key: _facts(source) for key, source in sources.items()},
        today=timezone.localdate(),
        previous=_approved_before(article, content),
        edited_sections=_edited_sections(article, content),
        terms=[term.frozen() for term in GlossaryTerm.objects.approved()],
        warn_grade=warn_grade,
        block_grade=block_grade,
    )


def _sources(content: dict[str, Any]) -> dict[str, Source | None]:
    """Return the present row of each cited source, by citation key; None where a citation has no source.

    A source that was merged into another is known by that one from then on.
    """
    ids = {citation["key"]: _source_id(citation["source"]) for citation in content["citations"]}
    wanted = {pk for pk in ids.values() if pk is not None}
    rows = Source.objects.select_related("superseded_by", "merged_into__superseded_by")
    found = rows.prefetch_related("extracts", "merged_into__extracts").in_bulk(wanted) if wanted else {}
    return {key: found.get(pk) if pk is not None else None for key, pk in ids.items()}


def _source_id(frozen: dict[str, Any] | None) -> int | None:
    """Return the key of the row that a frozen source was copied from."""
    number = str((frozen or {}).get("csl", {}).get("id", "")).removeprefix("source-")
    return int(number) if number.isdecimal() else None


def _passages(source: Source) -> list[checks.Passage]:
    rows = [source, source.merged_into] if source.merged_into else [source]
    return [checks.Passage(one.text, one.pinpoint, one.loinc) for row in rows for one in row.extracts.all()]


def _facts(source: Source | None) -> checks.SourceFacts:
    if source is None:
        return checks.SourceFacts()
    row = source.merged_into or source
    newer = row.superseded_by
    return checks.SourceFacts(row.status, row.checked_at, _named(newer) if newer else "")


def _named(source: Source) -> str:
    version = f" (version {source.label_version})" if source.label_version else ""
    return f"{source.title}{version}"


def _approved_before(article: Article, content: dict[str, Any]) -> dict[str, Any] | None:
    """Return the approved text that readers see, unless it is this one; None when none was ever approved."""
    rows = Publication.objects.filter(pk=article.pk, published_at__isnull=False).select_related("revision")
    publication = rows.only("revision__content").first()
    document = publication.revision.document if publication else None
    return None if document == content else document


def _edited_sections(article: Article, content: dict[str, Any]) -> frozenset[str] | None:
    """Return the keys of the sections whose words differ from those first saved: every later save is a person's.

    None where no AI tool is declared, for then nobody asks. A section without a first save stands as it came.
    """
    if not content["ai"]["used"]:
        return None
    first = {
        str(key): texts
        for key, *texts in Section.history.filter(article_id=article.pk, history_type="+")
        .order_by("-history_id")
        .values_list("key", "professional", "plain")
    }
    return frozenset(
        section["key"]
        for section in content["sections"]
        if section["key"] in first
        and [meaning(section["professional"]), meaning(section["plain"])]
        != [meaning(text) for text in first[section["key"]]]
    )
