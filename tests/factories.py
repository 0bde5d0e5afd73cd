"""People, articles and reviews for tests; a state is reached by walking the real verbs."""

from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from articles.library import file_import
from articles.models import Article, GlossaryTerm, LookUp, Source, SourceImport, SourceUpdate, Specialty, Topic
from articles.writing import drafting, findings, freezing
from cms.accounts import account_record
from reviews import workflow
from reviews.alerts import campaigns
from reviews.models import BoardMember, Campaign, EditorialPolicy, Event, Lowering, Review
from reviews.record import credentials, event_chain, row_states
from reviews.rules import section_wordings

PASSWORD = "right-horse-battery"
# Of one length, so that what is sorted by a name or an address stands in the order in which it was made.
_numbers = count(100_001)


def user(role: str | None = None, name: str = "", **fields: Any) -> Any:
    """Return a person with a role of `reviews.rules.permissions.ROLES`, or with none."""
    number = next(_numbers)
    roles = [role] if role else []
    return get_user_model().objects.create_user(
        f"person{number}@example.org", PASSWORD, roles=roles, name=name or f"Person {number}", **fields
    )


def board_member(name: str = "", *, specialties: tuple[str, ...] = ("Neurology",), **fields: Any) -> BoardMember:
    return on_board(user("Board member", name), specialties=specialties, **fields)


@transaction.atomic
def on_board(person: Any, *, specialties: tuple[str, ...] = ("Neurology",), **fields: Any) -> BoardMember:
    """Return the entry of a person who is put on the board, on the site's record, and of whom nobody is told."""
    member = BoardMember(user=person, **{"credentials": "MD", **fields})
    drafting.save(member, by=None, reason="invited")
    member.specialties.set([Specialty.objects.get_or_create(name=specialty)[0] for specialty in specialties])
    data = {
        "member": member.pk,
        "person": person.pk,
        "name": member.printed_name,
        "email": person.email,
        "is_new": True,
        "is_guest": member.is_guest,
        "specialties": sorted(specialties),
        "reason": "invited",
        **row_states.told([member, person]),
    }
    event = event_chain.append(event_chain.site_chain(), "invite", actor=None, data=data, at=timezone.now())
    credentials.bind(person, event)
    return member


def give_role(person: Any, role: str) -> None:
    """Give a person a role beside those they have."""
    before = account_record.facts(person)
    person.groups.add(Group.objects.get(name=role))
    account_record.changes(get_user_model().objects.get(pk=person.pk), before, by=None, reason="more to do")


def make_editor(person: Any) -> None:
    """Give a person the editor's role beside what they have."""
    give_role(person, "Editor")


def topic(name: str = "Neurology", specialties: tuple[str, ...] = ("Neurology",)) -> Topic:
    made, _ = Topic.objects.get_or_create(slug=name.lower(), defaults={"name": name})
    made.specialties.set([Specialty.objects.get_or_create(name=specialty)[0] for specialty in specialties])
    return made


def source(title: str = "A guideline of our own", **fields: Any) -> Source:
    number = next(_numbers)
    csl = {
        "type": "article-journal",
        "author": [{"family": "Writer", "given": "Ann"}],
        "issued": {"date-parts": [[2020]]},
    }
    return Source.objects.create(
        **{"kind": "guideline", "title": title, "csl": csl, "doi": f"10.5555/test.{number}", **fields}
    )


def source_import(content: bytes = b"TY  - JOUR\nER  -\n", by: Any = None) -> SourceImport:
    """Return a file of sources that waits to be brought in."""
    return file_import.receive(content, name="export.ris", format_name="", by=by or user("Author"))


def look_up(about: Source | None = None, by: Any = None, **fields: Any) -> LookUp:
    """Return a question about a source, or about one that is not here, that a service has still to answer."""
    asked = {"service": "crossref", "identifier": about.doi if about else "10.5555/none", "asked_at": timezone.now()}
    return LookUp.objects.create(**{**asked, "source": about, "asked_by": by or user("Author"), **fields})


STATUS_AFTER = {
    "retraction": "retracted",
    "concern": "concern",
    "correction": "corrected",
    "reinstatement": "reinstated",
    "superseded": "superseded",
}


def source_update(about: Source, kind: str = "retraction", **fields: Any) -> SourceUpdate:
    """Return a source update, with the status it has from then on, as a look-up leaves them."""
    about.status = STATUS_AFTER.get(kind, about.status)
    about.save()
    number = next(_numbers)
    facts = {"date": date(2026, 5, 3), "notice_doi": f"10.5555/notice.{number}", "told_by": "crossref"}
    return SourceUpdate.objects.create(
        source=about, kind=kind, identity=f"{number:064}", found_at=timezone.now(), **{**facts, **fields}
    )


SECTIONS = (
    {
        "kind": "guidelines",
        "heading": "From the guidelines",
        "professional": "Start with 300 mg once daily and reassess after two weeks [@first].",
        "plain": "You start with 300 mg once a day. After two weeks you talk about how it goes [@first].",
    },
    {
        "kind": "research",
        "heading": "From the research",
        "professional": "A trial found fewer nights with pain [@second].",
        "plain": "In a study people had fewer nights with pain [@second].",
    },
)


def article(by: Any = None, **fields: Any) -> Article:
    """Return a complete draft that may be submitted."""
    defaults = {
        "title": f"How is question {next(_numbers)} answered?",
        "reason": "first draft",
        "sections": SECTIONS,
        "citations": [
            {"key": "first", "source": source()},
            {"key": "second", "source": source("A trial of our own", kind="study")},
        ],
        "topics": [topic()],
        "risk": "moderate",
        "ai_use": "none",
    }
    made = drafting.create(by=by or user("Author"), **{**defaults, **fields})
    return _attested(made) if made.ai_use == Article.AiUse.ASSISTED else made


def _attested(made: Article) -> Article:
    """Let the author add a sentence to each section: what a tool wrote and nobody edited is not approved."""
    added = {"professional": "Read against its sources.", "plain": "We checked this."}
    sections = {
        str(one.key): {name: f"{getattr(one, name)} {words}" for name, words in added.items()}
        for one in made.sections.all()
    }
    return drafting.rewrite(made, by=made.owner, reason="edited by hand", seen=made.version, sections=sections)


def seen(review_or_article: Any) -> int:
    """Return the sequence of the article's last event: what a page opened now would carry."""
    article_id = getattr(review_or_article, "article_id", None) or review_or_article.pk
    last = Event.objects.of_article(article_id).last()
    return last.sequence if last else 0


def edit(target: Article, *, by: Any = None, text: str = "", plain: str = "") -> Article:
    """Change the first section: both its texts, or the one that is given."""
    fresh = Article.objects.get(pk=target.pk)
    key = str(fresh.sections.first().key)
    changed = {
        "professional": "A changed sentence of substance [@first].",
        "plain": "A changed sentence in plain words [@first].",
    }
    given = {name: words for name, words in (("professional", text), ("plain", plain)) if words}
    sections = {key: given or changed}
    return drafting.rewrite(fresh, by=by or fresh.owner, reason="edit", seen=fresh.version, sections=sections)


def submitted(target: Article | None = None, **fields: Any) -> Review:
    target = Article.objects.get(pk=(target or article(**fields)).pk)
    return workflow.submit(target, by=target.owner, seen=target.version, summary="first version")


def accepted(review: Review, member: BoardMember) -> None:
    workflow.accept(review, by=member.user, seen=seen(review), interests=[], statement="None.")


def under_review(*members: BoardMember, review: Review | None = None) -> Review:
    review = review or submitted()
    for member in members or (board_member(), board_member()):
        accepted(review, member)
    review.refresh_from_db()
    return review


def mark_all(review: Review, member: BoardMember) -> None:
    digests = freezing.section_digests(review.revision.document)
    for section in review.revision.document["sections"]:
        mark(review, member, section["key"], digests[section["key"]])


def mark(review: Review, member: BoardMember, section_key: str, section_digest: str) -> None:
    """Mark each wording that a section has."""
    document = review.revision.document
    section = next(one for one in document["sections"] if one["key"] == section_key)
    for audience in section_wordings.existing(section):
        workflow.mark(review, by=member.user, section_key=section_key, section_digest=section_digest, audience=audience)


EVIDENCE = {"searched": "PubMed", "searched_on": "2026-11-01", "found": "Nothing that changes the text."}


def sign(review: Review, member: BoardMember) -> Any:
    mark_all(review, member)
    evidence = EVIDENCE if review.reason in Review.REREVIEWS else None
    return workflow.approve(
        review, by=member.user, digest=review.revision.digest, password=PASSWORD, seen=seen(review), evidence=evidence
    )


def approved(*members: BoardMember, review: Review | None = None) -> Review:
    members = members or (board_member(), board_member())
    review = under_review(*members, review=review)
    for member in members:
        sign(review, member)
    review.refresh_from_db()
    return review


def lowering(target: Article, by: Any = None) -> Lowering:
    """Return a request that a text be of low risk, which waits for a second person."""
    fresh = Article.objects.get(pk=target.pk)
    facts = {"slug": fresh.slug, "owner": fresh.owner, "topics": list(fresh.topics.all())}
    workflow.catalogue(fresh, by=by or user("Editor"), reason="Little can go wrong.", risk="low", **facts)
    return Lowering.objects.pending().get(article=fresh)


@transaction.atomic
def policy(**changes: Any) -> EditorialPolicy:
    """Adopt a new policy version like the current one but for these changes."""
    current = EditorialPolicy.objects.current()
    fields = {
        field.attname: getattr(current, field.attname)
        for field in current._meta.concrete_fields
        if not field.primary_key
    }
    made = EditorialPolicy.objects.create(
        **{**fields, "version": current.version + 1, "adopted_at": timezone.now(), **changes}
    )
    chain = event_chain.site_chain()
    event_chain.append(chain, "adopt_policy", actor=None, data={"policy": made.version}, rows=[made], at=timezone.now())
    return made


def campaign(about: Source | None = None, by: Any = None, **fields: Any) -> Campaign:
    """Return an open campaign about a source, its texts listed."""
    words = {"title": "First-line dose halved", "reason": "Trials found harm above 150 mg.", "reviews_a_week": 2}
    opened = campaigns.open_campaign(about or source(), by=by or user("Editor"), **{**words, **fields})
    campaigns.carry_on(opened.pk)
    return Campaign.objects.get(pk=opened.pk)


def term(word: str = "allodynia", **fields: Any) -> GlossaryTerm:
    return GlossaryTerm.objects.create(
        **{"term": word, "plain": "pain from a light touch", "definition": "Pain.", **fields}
    )


def waived(review: Review, rule: str = "citation-unused") -> Any:
    """Return a waiver of a finding of this rule on the text under review; the text must have one."""
    found = findings.of_content(review.article, review.revision.document)
    finding = next(one for one in found if one.rule == rule)
    return workflow.waive(review.article, by=user("Editor"), finding=finding, reason="It is kept for later.")
