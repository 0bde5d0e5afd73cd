"""The sample content as rows: topics, glossary, sources and drafts from the TOML files beside this module."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from articles.models import Article, Audience, GlossaryTerm, Source, Specialty, Topic
from articles.models.person import Person
from articles.writing import drafting, terms

_FOLDER = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    """Return one of the sample files as data."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def specialties(names: list[str]) -> list[Specialty]:
    return [Specialty.objects.get_or_create(name=name)[0] for name in names]


def load_topics(*, by: Person) -> None:
    for fields in read("topics")["topics"]:
        topic = Topic(name=fields["name"], slug=fields["slug"])
        drafting.save(topic, by=by, reason="sample content")
        topic.specialties.set(specialties(fields["specialties"]))


def load_glossary(*, by: Person, approved_by: Any, at: Any) -> None:
    """Bring in the shipped terms and have a member approve those that the sample articles use."""
    terms.load(by=by)
    for term in GlossaryTerm.objects.filter(term__in=read("glossary")["approved"]):
        terms.approve(term.pk, by=approved_by, at=at, seen=terms.wording_digest(term))


def write_draft(slug: str, *, by: Person) -> Article:
    """Write a sample article as its author would."""
    data = read(f"articles/{slug}")
    is_assisted = data["ai"]["used"]
    article = drafting.create(
        by=by,
        reason="sample article",
        title=data["title"],
        slug=data["slug"],
        language=data["language"],
        risk=data["risk"],
        template=data.get("template", Article.Template.GENERAL),
        not_applicable=data.get("not_applicable", {}),
        ai_use=Article.AiUse.ASSISTED if is_assisted else Article.AiUse.NONE,
        ai_tool=data["ai"]["tool"],
        ai_purpose=data["ai"]["purpose"],
        sections=[_as_the_tool_left_it(one) for one in data["sections"]] if is_assisted else data["sections"],
        citations=[
            {"key": one["key"], "source": _source(one, by=by), "locator": one["locator"], "use": one["use"]}
            for one in data["sources"]
        ],
        topics=Topic.objects.filter(slug__in=data["topics"]),
    )
    return _finish(article, data["sections"], by=by) if is_assisted else article


def _as_the_tool_left_it(section: dict[str, Any]) -> dict[str, Any]:
    """Return a section without its last paragraph: its author read it against the sources and wrote the end."""
    texts = {name: section[name].rstrip().rpartition("\n\n")[0] for name in Audience.values}
    return {**section, **texts}


def _finish(article: Article, sections: list[dict[str, Any]], *, by: Person) -> Article:
    rows = zip(article.sections.all(), sections, strict=True)
    texts = {str(row.key): {name: written[name] for name in Audience.values} for row, written in rows}
    reason = "read against the sources, and finished"
    return drafting.rewrite(article, by=by, reason=reason, seen=article.version, sections=texts)


def write_update(article: Article, *, by: Person) -> Article:
    """Change the draft as the article's update file says."""
    data = read(f"updates/{article.slug}")
    keys = {section.heading: str(section.key) for section in article.sections.all()}
    changes = {
        keys[one["heading"]]: {"professional": one["professional"], "plain": one["plain"]} for one in data["sections"]
    }
    return drafting.rewrite(article, by=by, reason=data["reason"], seen=article.version, sections=changes)


def _source(fields: dict[str, Any], *, by: Person) -> Source:
    identity = {name: fields[name] for name in ("doi", "pmid", "set_id") if fields[name]}
    found = Source.objects.filter(**identity).first()
    if found is not None:
        return found
    source = Source(
        title=fields["csl"]["title"],
        effective_date=date.fromisoformat(fields["effective_date"]) if fields["effective_date"] else None,
        note=fields["confirmed"],
        **{name: fields[name] for name in ("kind", "level", "doi", "pmid", "set_id", "label_version")},
        # The samples' labels are all from DailyMed, which holds those of the United States.
        country=fields.get("country", "US" if fields["set_id"] else ""),
        marketing_category=fields["marketing_category"],
        csl={name: value for name, value in fields["csl"].items() if name != "id"},
    )
    source.full_clean()
    drafting.save(source, by=by, reason="sample content")
    return source
