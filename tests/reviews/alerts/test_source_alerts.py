"""A source was updated: every text that cites it is told once, however often the task is stopped and run again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.library import duplicates
from articles.library.source_uses import Use, cites_changed, uses
from articles.models import Article, Publication, Source
from articles.writing import drafting
from reviews import tasks, workflow
from reviews.alerts import source_alerts
from reviews.models import Campaign, Delivery, Event, Review, Thread
from reviews.record import event_sentences, publishing
from reviews.record.verification import faults
from tests import factories
from tests.reviews import steps

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

DOSAGE, REACTIONS = "34068-7", "34084-4"
LABEL = {"kind": "drug_label", "doi": "", "set_id": "0f3c8d9e-1a2b-4c3d-8e9f-0a1b2c3d4e5f", "label_version": "7"}


@pytest.fixture
def study():
    return factories.source("A trial that is taken back", kind="study")


@pytest.fixture
def signer():
    return factories.board_member("Ann")


def published(source, signer, *, use="relied_on", locator="", quote="", **fields):
    """Return an approved article of low risk whose first section cites a source."""
    first = {"key": "first", "source": source, "use": use, "locator": locator, "quote": quote}
    citations = [first, {"key": "second", "source": factories.source()}]
    draft = factories.article(**{"risk": "low", "citations": citations, **fields})
    factories.approved(signer, review=factories.submitted(draft))
    return Article.objects.get(pk=draft.pk)


def warnings_of(article):
    return Publication.objects.get(article=article).source_warnings


def statuses(article):
    return [one["status"] for one in warnings_of(article)]


# -- One text


@pytest.mark.parametrize("kind", ["retraction", "concern", "correction", "reinstatement", "superseded"])
def test_update_warns_readers_and_opens_a_review(study, signer, kind):
    article = published(study, signer)
    update = factories.source_update(study, kind)

    assert tasks.tell_of_sources() == 1

    review = Review.objects.open().get()
    assert (review.article, review.reason, review.opened_by) == (article, "source_alert", None)
    assert "A trial that is taken back" in review.summary
    assert "2026-05-03" in review.summary
    assert update.notice_doi in review.summary
    assert statuses(article) == [factories.STATUS_AFTER[kind]]
    update.refresh_from_db()
    assert update.handled_at is not None


def test_merging_tells_the_texts_that_cited_the_other_source(study, signer):
    twice = factories.source("A trial that is taken back", kind="study", doi="")
    article, other = published(study, signer), published(twice, signer)
    factories.source_update(study)
    tasks.tell_of_sources()
    assert (statuses(article), statuses(other)) == (["retracted"], [])

    duplicates.merge(study, into=twice, by=factories.user("Editor"), reason="the same trial")
    tasks.tell_of_sources()

    assert (statuses(article), statuses(other)) == (["retracted"], ["retracted"])
    assert Event.objects.filter(verb="warn").count() == 2
    assert Review.objects.open().count() == 2
    assert list(faults()) == []


def test_warning_says_what_when_and_where(study, signer):
    article = published(study, signer)
    update = factories.source_update(study)

    tasks.tell_of_sources()

    assert warnings_of(article) == [
        {
            "source": study.pk,
            "title": "A trial that is taken back",
            "status": "retracted",
            "date": "2026-05-03",
            "known": timezone.now().date().isoformat(),
            "notice_doi": update.notice_doi,
            "notice_pmid": "",
            "sections": steps.section_keys(article)[:1],
            "is_discussed": False,
            "is_at_top": True,
        }
    ]


def test_update_is_on_the_articles_record_and_the_publication_is_its_fold(study, signer):
    article = published(study, signer)
    factories.source_update(study)

    tasks.tell_of_sources()

    assert steps.events(article)[-2:] == ["warn", "alert"]
    events = Event.objects.of_article(article.pk)
    assert publishing.fold(events) == publishing.read(Publication.objects.get(article=article))
    assert (
        event_sentences.sentence(events.get(verb="warn"))
        == "The system warned readers about “A trial that is taken back”, which the text cites: retraction."
    )
    assert list(faults()) == []


def test_warning_altered_by_hand_is_found(study, signer):
    article = published(study, signer)
    factories.source_update(study)
    tasks.tell_of_sources()

    Publication.objects.filter(article=article).update(source_warnings=[])

    assert [fault.field for fault in faults()] == ["source_warnings"]


def test_update_told_twice_does_nothing_twice(study, signer):
    article = published(study, signer)
    update = factories.source_update(study)
    tasks.tell_of_sources()
    before = factories.seen(article)
    update.refresh_from_db()
    update.handled_at = None
    update.save()

    assert tasks.tell_of_sources() == 0

    assert factories.seen(article) == before
    assert Event.objects.filter(verb="tell_of_source").count() == 1


def test_warn_of_the_same_update_again_is_refused(study, signer):
    article = published(study, signer)
    update = factories.source_update(study)
    workflow.warn(article, by=None, update=update)

    with pytest.raises(workflow.TransitionNotAllowed, match="already"):
        workflow.warn(article, by=None, update=update)


@pytest.mark.parametrize("role", ["Author", "Board member", "Auditor", "Administrator"])
def test_warn_by_who_is_no_editor_is_refused(study, signer, role):
    article = published(study, signer)

    with pytest.raises(PermissionDenied):
        workflow.warn(article, by=factories.user(role), update=factories.source_update(study))

    assert warnings_of(article) == []


def test_alert_during_an_open_review_becomes_a_blocking_remark_on_it(study, signer):
    article = published(study, signer)
    review = workflow.rereview(article, by=None, reason="It is time.", seen=None)
    factories.source_update(study)

    tasks.tell_of_sources()

    thread = Thread.objects.get()
    assert (thread.review, thread.kind, thread.opened_by) == (review, "blocking", None)
    assert thread.section_key == steps.section_keys(article)[0]
    assert statuses(article) == ["retracted"]


def test_suspended_text_is_told_too(study, signer):
    article = published(study, signer)
    steps.suspend(article, factories.user("Editor"))
    factories.source_update(study)

    tasks.tell_of_sources()

    assert statuses(article) == ["retracted"]
    assert Review.objects.open().get().reason == "source_alert"


def test_source_that_is_only_discussed_is_told_of_and_opens_no_review(study, signer):
    article = published(study, signer, use="discussed")
    factories.source_update(study)

    tasks.tell_of_sources()

    (warning,) = warnings_of(article)
    assert (warning["is_discussed"], warning["is_at_top"]) == (True, False)
    assert not Review.objects.open().exists()


def test_retracted_pages_pending_texts_and_drafts_are_left_alone(study, signer):
    retracted = published(study, signer)
    steps.retract(retracted, factories.user("Editor"))
    factories.submitted(factories.article(citations=[{"key": key, "source": study} for key in ("first", "second")]))
    update = factories.source_update(study)

    assert tasks.tell_of_sources() == 0

    update.refresh_from_db()
    assert update.handled_at is not None
    assert not Event.objects.filter(verb__in=("warn", "alert", "tell_of_source")).exists()


def test_pending_text_that_readers_see_is_told_and_opens_no_other_review(study):
    factories.policy(shows_pending=True)
    citations = [{"key": "first", "source": study}, {"key": "second", "source": factories.source()}]
    review = factories.submitted(factories.article(citations=citations))
    factories.source_update(study)

    assert tasks.tell_of_sources() == 1

    assert statuses(review.article) == ["retracted"]
    assert Review.objects.get() == review
    assert not Thread.objects.exists()
    assert list(faults()) == []


def test_text_that_cites_a_duplicate_that_was_merged_is_told(study, signer):
    duplicate = factories.source("The same trial", kind="study")
    article = published(duplicate, signer)
    duplicate.merged_into = study
    duplicate.save()
    factories.source_update(study)

    tasks.tell_of_sources()

    assert [(one["status"], one["source"]) for one in warnings_of(article)] == [("retracted", duplicate.pk)]
    assert Review.objects.open().get().article == article


def test_second_update_tells_the_present_state(study, signer):
    article = published(study, signer)
    factories.source_update(study, "concern", date=date(2026, 1, 2))
    tasks.tell_of_sources()
    factories.source_update(study, "retraction", date=date(2026, 6, 7))

    tasks.tell_of_sources()

    assert [(one["status"], one["date"]) for one in warnings_of(article)] == [("retracted", "2026-06-07")]
    assert Review.objects.open().count() == 1
    assert Thread.objects.count() == 1


def test_approved_text_that_cites_the_source_no_more_loses_the_warning(study, signer):
    article = published(study, signer)
    factories.source_update(study)
    tasks.tell_of_sources()
    citation = article.citations.get(key="first")
    citation.source = factories.source("A newer trial")
    drafting.save(citation, by=article.owner, reason="a newer trial")
    factories.edit(article)
    update = factories.submitted(article)
    for thread in Thread.objects.all():
        workflow.resolve(thread, by=factories.user("Editor"), resolution="Another trial is cited.")

    factories.approved(signer, review=update)

    assert warnings_of(article) == []
    assert list(faults()) == []


def test_text_approved_later_is_told_of_from_its_first_day(study, signer):
    factories.source_update(study)
    tasks.tell_of_sources()

    told = {
        "heading": "A trial",
        "professional": "It was retracted [@first]. [@second]",
        "plain": "It was retracted [@first].",
    }
    article = published(study, signer, use="discussed", sections=[told])

    assert statuses(article) == ["retracted"]
    assert not Event.objects.filter(verb="warn").exists()
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("states", "is_at_top"), [([], False), (["retracted"], True), (["concern", "corrected"], False)]
)
def test_policy_in_force_says_what_stands_at_the_top(study, signer, states, is_at_top):
    article = published(study, signer)
    factories.policy(warns_at_top=states)
    factories.source_update(study)

    tasks.tell_of_sources()

    assert warnings_of(article)[0]["is_at_top"] is is_at_top


# -- Labels


def label(signer, *, locator="section 2.1", quote="", **extract):
    source = factories.source("A label", **LABEL)
    source.extracts.create(**{"pinpoint": "section 2.1", "loinc": DOSAGE, "text": "Start with 300 mg.", **extract})
    return source, published(source, signer, locator=locator, quote=quote)


@pytest.mark.parametrize(
    ("changed", "told", "reviews"),
    [([DOSAGE], True, 1), ([REACTIONS], False, 0), ([REACTIONS, DOSAGE], True, 1), ([], False, 0), (None, None, 1)],
)
def test_new_label_version_matters_when_the_cited_sections_changed(signer, changed, told, reviews):
    source, article = label(signer)
    factories.source_update(source, "label_version", changed_sections=changed)

    tasks.tell_of_sources()

    assert [(one["status"], one["sections_changed"]) for one in warnings_of(article)] == [("label_version", told)]
    assert Review.objects.open().count() == reviews


@pytest.mark.parametrize(
    ("locator", "quote", "reviews"),
    [
        ("page 4", "", 1),  # which section that is nobody can say
        ("34068-7", "", 0),
        ("LOINC 34068-7, Dosage", "", 0),
        ("page 4", "Start with 300 mg.", 0),
        ("Section  2.1", "", 0),
    ],
)
def test_cited_section_of_a_label_is_known_by_locator_or_quotation(signer, locator, quote, reviews):
    source, _article = label(signer, locator=locator, quote=quote)
    factories.source_update(source, "label_version", changed_sections=[REACTIONS])

    tasks.tell_of_sources()

    assert Review.objects.open().count() == reviews


def test_two_new_label_versions_are_told_as_one_change(signer):
    source, article = label(signer)
    factories.source_update(source, "label_version", changed_sections=[DOSAGE], date=date(2026, 1, 1))
    factories.source_update(source, "label_version", changed_sections=[REACTIONS], date=date(2026, 2, 1))

    tasks.tell_of_sources()

    (warning,) = warnings_of(article)
    assert (warning["date"], warning["sections_changed"]) == ("2026-02-01", True)
    assert Review.objects.open().count() == 1


CODES = st.from_regex(r"3[0-9]{4}-[0-9]", fullmatch=True)


@given(cited=st.lists(CODES, min_size=1), changed=st.lists(CODES))
def test_cited_sections_changed_exactly_when_they_meet_the_changed_ones(cited, changed):
    citations = tuple({"use": "relied_on", "locator": code, "quote": ""} for code in cited)
    stored = [("", code, "") for code in cited]

    assert cites_changed(Use(1, "", citations, ()), changed, stored) is bool(set(cited) & set(changed))


def test_section_of_which_no_words_are_stored_is_not_known_to_be_the_same():
    use = Use(1, "", ({"use": "relied_on", "locator": DOSAGE, "quote": ""},), ())

    assert cites_changed(use, [REACTIONS], [("", REACTIONS, "")]) is None
    assert cites_changed(use, [DOSAGE], []) is True


def test_uses_leave_out_what_no_sentence_cites():
    source = {"csl": {"id": "source-4", "title": "A trial"}}
    citations = [
        {"key": "a", "use": "discussed", "source": source},
        {"key": "b", "use": "relied_on", "source": source},
        {"key": "c", "use": "relied_on", "source": None},
    ]
    sections = [
        {"key": "one", "cites": {"professional": ["a"], "plain": []}},
        {"key": "two", "cites": {"professional": ["c"], "plain": ["a"]}},
    ]

    found = uses({"citations": citations, "sections": sections})

    assert found == {4: Use(4, "A trial", (citations[0],), ("one", "two"))}
    assert found[4].is_discussed


# -- Many texts


def test_many_texts_become_a_campaign_and_all_readers_are_told(study, signer):
    factories.policy(campaign_from=3)
    articles = [published(study, signer) for _ in range(3)]
    discusses = published(study, signer, use="discussed")
    factories.source_update(study)

    tasks.tell_of_sources()

    campaign = Campaign.objects.get()
    assert (campaign.source, campaign.opened_by) == (study, None)
    assert campaign.listed_at is not None
    assert {*articles} <= {item.article for item in campaign.items.all()}
    assert not Review.objects.open().exists()
    assert [statuses(one) for one in (*articles, discusses)] == [["retracted"]] * 4
    assert list(faults()) == []


def test_fewer_texts_than_the_policy_says_are_reviewed_one_by_one(study, signer):
    factories.policy(campaign_from=3)
    for use in ("relied_on", "relied_on", "discussed"):
        published(study, signer, use=use)
    factories.source_update(study)

    tasks.tell_of_sources()

    assert not Campaign.objects.exists()
    assert Review.objects.open().count() == 2


@pytest.mark.parametrize(("campaign_from", "count", "killed_after"), [(5, 8, 3), (1000, 30, 10)])
def test_telling_that_was_killed_goes_on_and_does_nothing_twice(
    study, signer, monkeypatch, campaign_from, count, killed_after
):
    factories.policy(campaign_from=campaign_from)
    articles = [published(study, signer) for _ in range(count)]
    update = factories.source_update(study)
    warn, done = workflow.warn, []

    def killed(article, **words):
        if len(done) == killed_after:
            raise SystemExit
        done.append(article.pk)
        return warn(article, **words)

    with monkeypatch.context() as patch:
        patch.setattr(workflow, "warn", killed)
        with pytest.raises(SystemExit):
            tasks.tell_of_sources()
    update.refresh_from_db()
    assert update.handled_at is None
    assert Event.objects.filter(verb="warn").count() == killed_after

    assert tasks.tell_of_sources() == count - killed_after
    assert tasks.tell_of_sources() == 0

    assert [statuses(article) for article in articles] == [["retracted"]] * count
    assert [steps.events(article).count("warn") for article in articles] == [1] * count
    assert Review.objects.open().count() == (count if campaign_from == 1000 else 0)
    assert Campaign.objects.count() == (0 if campaign_from == 1000 else 1)
    assert Event.objects.filter(verb="tell_of_source").count() == 1
    assert list(faults()) == []


def test_text_that_cannot_be_told_keeps_no_other_from_it(study, signer, monkeypatch):
    first, second = published(study, signer), published(study, signer)
    update = factories.source_update(study)
    warn = workflow.warn

    def broken(article, **words):
        if article.pk == first.pk:
            raise RuntimeError("not working")
        return warn(article, **words)

    with monkeypatch.context() as patch:
        patch.setattr(workflow, "warn", broken)
        assert tasks.tell_of_sources() == 1
    update.refresh_from_db()
    assert (statuses(first), statuses(second), update.handled_at) == ([], ["retracted"], None)

    assert tasks.tell_of_sources() == 1
    assert statuses(first) == ["retracted"]


def test_text_that_stopped_citing_while_it_waited_is_not_told(study, signer):
    article = published(study, signer)
    update = factories.source_update(study)
    steps.retract(article, factories.user("Editor"))

    assert source_alerts._tell(update, article.pk, [study.pk], opens_review=True) is False

    assert "warn" not in steps.events(article)


def test_telling_is_among_the_work_that_is_carried_on(study, signer):
    article = published(study, signer)
    factories.source_update(study)

    tasks.carry_on()

    assert statuses(article) == ["retracted"]


# -- Editors are told


def mails(editor, kind="tell_of_source"):
    return Delivery.objects.filter(recipient=editor, kind=kind)


@pytest.mark.parametrize(
    ("kind", "is_urgent"), [("retraction", True), ("concern", True), ("correction", False), ("superseded", False)]
)
def test_editors_are_told_once_with_counts(study, signer, kind, is_urgent):
    editor = factories.user("Editor", "Edith")
    for use in ("relied_on", "relied_on", "discussed"):
        published(study, signer, use=use)
    factories.source_update(study, kind)

    tasks.tell_of_sources()
    tasks.tell_of_sources()

    mail = mails(editor).get()
    assert mail.is_urgent is is_urgent
    assert "3 published texts cite it, and their readers are being told." in mail.text
    assert "2 of them rely on it and are reviewed again" in mail.text
    assert "A trial that is taken back" in mail.subject
    assert [one.is_urgent for one in mails(editor, "alert")] == [False, False]


def test_editors_hear_of_a_campaign_with_the_update_alone(study, signer):
    factories.policy(campaign_from=1)
    editor = factories.user("Editor", "Edith")
    published(study, signer)
    factories.source_update(study, "correction")

    tasks.tell_of_sources()

    mail = mails(editor).get()
    assert mail.is_urgent
    assert "A campaign is open" in mail.text
    assert mail.path == f"/admin/reviews/campaign/{Campaign.objects.get().pk}/change/"
    assert not mails(editor, "open_campaign").exists()


def test_label_whose_cited_sections_did_not_change_asks_nothing_of_editors(signer):
    editor = factories.user("Editor", "Edith")
    source, _article = label(signer)
    factories.source_update(source, "label_version", changed_sections=[REACTIONS])

    tasks.tell_of_sources()

    mail = mails(editor).get()
    assert not mail.is_urgent
    assert "no review was opened" in mail.text


# -- Recorded by hand


def recorded(study, editor, **facts):
    told = source_alerts.Recorded(**{"kind": "retraction", "date": date(2026, 5, 3), **facts})
    return source_alerts.record(study, told, by=editor)


def test_update_recorded_by_hand_is_told_as_any_other(study, signer):
    editor, article = factories.user("Editor", "Edith"), published(study, signer)

    update = recorded(study, editor, notice_doi="10.5555/taken.back")
    tasks.tell_of_sources()

    study.refresh_from_db()
    assert (study.status, update.told_by) == ("retracted", "person")
    assert study.checked_at == update.found_at
    assert study.history.first().history_user == editor
    assert statuses(article) == ["retracted"]
    event = Event.objects.of_site().get(verb="record_update")
    assert (
        event_sentences.sentence(event)
        == "Edith recorded an update of the source “A trial that is taken back”: retraction."
    )


def test_update_recorded_by_hand_names_the_newer_document(study, signer):
    newer, article = factories.source("A newer guideline"), published(study, signer)

    recorded(study, factories.user("Editor"), kind="superseded", superseded_by=newer)
    tasks.tell_of_sources()

    assert Source.objects.get(pk=study.pk).superseded_by == newer
    assert warnings_of(article)[0]["successor"] == {"title": "A newer guideline", "doi": newer.doi}


def test_update_recorded_twice_is_refused(study):
    editor = factories.user("Editor")
    recorded(study, editor)

    with pytest.raises(workflow.Refused, match="already on record"):
        recorded(study, editor)


def test_source_that_supersedes_itself_is_refused(study):
    with pytest.raises(workflow.Refused, match="itself"):
        recorded(study, factories.user("Editor"), kind="superseded", superseded_by=study)


@pytest.mark.parametrize("role", ["Author", "Board member", "Auditor", "Administrator", None])
def test_update_recorded_by_who_is_no_editor_is_refused(study, role):
    with pytest.raises(PermissionDenied):
        recorded(study, factories.user(role))
