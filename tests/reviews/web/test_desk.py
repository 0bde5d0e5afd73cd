from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Rendering
from articles.writing import findings
from reviews import workflow
from reviews.models import Disclosure, Ruling
from reviews.web.desk import frozen_text
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "reassess after two weeks"


def desk(review):
    return reverse("admin:reviews_review_change", args=[review.pk])


def opened(client, user, review, **query):
    client.force_login(user)
    return client.get(desk(review), query)


def declared(review, member):
    interests = [{"nature": "Speaker’s fee", "organisation": "Acme"}]
    return workflow.accept(review, by=member.user, seen=factories.seen(review), interests=interests)


# --- Who sees the text ---


def test_member_sees_no_word_of_the_text_before_accepting(client):
    review, ann = factories.submitted(title="What first?"), factories.board_member()
    workflow.assign(review, by=factories.user("Editor"), member=ann, seen=factories.seen(review))

    page = opened(client, ann.user, review)

    assert page.status_code == 200
    assert "What first?" in page.text
    assert TEXT not in page.text
    assert "From the guidelines" not in page.text
    assert "first version" not in page.text  # the author's summary


def test_member_who_declared_an_interest_waits_without_the_text(client):
    review, ann = factories.submitted(), factories.board_member()
    declared(review, ann)

    page = opened(client, ann.user, review)

    assert "Your interest is with the editors" in page.text
    assert TEXT not in page.text


def test_member_who_is_excluded_finds_nothing(client):
    review, ann = factories.submitted(), factories.board_member()
    assignment = declared(review, ann)
    workflow.rule(
        assignment,
        by=factories.user("Editor"),
        outcome=Ruling.Outcome.EXCLUDED,
        reason="A large one.",
        seen=factories.seen(review),
    )

    assert opened(client, ann.user, review).status_code == 404


def test_member_sees_the_text_after_accepting(client):
    ann = factories.board_member()
    review = factories.under_review(ann)

    assert TEXT in opened(client, ann.user, review).text


def test_member_who_is_not_asked_finds_an_open_review_at_the_door(client):
    review = factories.under_review()

    page = opened(client, factories.board_member().user, review)

    assert "You may accept it yourself" in page.text
    assert TEXT not in page.text


def test_member_who_cannot_review_reads_why_at_the_door(client):
    review = factories.submitted()
    lapsed = factories.board_member("Lee", licence_expires=timezone.localdate() - timedelta(days=1))

    page = opened(client, lapsed.user, review)

    assert "The licence of Lee, MD has lapsed." in page.text
    assert "accept/" not in page.text


def test_member_who_is_not_asked_does_not_find_a_closed_review(client):
    review = factories.approved()

    assert opened(client, factories.board_member().user, review).status_code == 404


@pytest.mark.parametrize("role", ["Author", "Administrator"])
def test_stranger_finds_nothing(client, role):
    assert opened(client, factories.user(role), factories.under_review()).status_code == 404


@pytest.mark.parametrize("role", ["Editor", "Auditor"])
def test_editor_and_auditor_see_the_text(client, role):
    assert TEXT in opened(client, factories.user(role), factories.submitted()).text


def test_visitor_is_led_to_signing_in(client):
    answer = client.get(desk(factories.submitted()))

    assert answer.status_code == 302
    assert reverse("accounts:login") in answer.url


def test_standing_statement_is_offered_for_one_tap(client):
    review, ann = factories.submitted(), factories.board_member()
    factories.accepted(factories.submitted(), ann)

    assert "(as I stated on" in opened(client, ann.user, review).text


def test_statement_older_than_a_year_is_asked_for_again(client):
    review, ann = factories.submitted(), factories.board_member()
    long_ago = timezone.now() - timedelta(days=366)
    Disclosure.objects.create(member=ann, interests=[], declared_at=long_ago)

    assert "(as I stated on" not in opened(client, ann.user, review).text


def test_interests_are_told_to_editors_and_not_to_members_or_the_author(client):
    review, ann, ben = factories.submitted(), factories.board_member(), factories.board_member()
    declared(review, ann)
    factories.accepted(review, ben)

    assert "Speaker’s fee" in opened(client, factories.user("Editor"), review).text
    for person in (ben.user, review.article.owner):
        page = opened(client, person, review).text
        assert "Speaker’s fee" not in page
        assert "declared an interest" not in page
        assert "Waiting for a ruling" not in page


# --- What it shows ---


@pytest.mark.parametrize("audience", ["professional", "plain"])
def test_text_shown_is_byte_for_byte_the_stored_rendering(client, audience):
    review = factories.submitted()

    shown = opened(client, factories.user("Editor"), review, audience=audience).context["desk"].text

    parts = [shown.contents, *(section.html for section in shown.sections), shown.references]
    assert "".join(parts) == Rendering.objects.get(revision=review.revision, audience=audience).html


def test_split_is_not_deceived_by_a_heading_that_looks_like_a_section(client):
    forged = 'A <section id="section-00000000"> heading'
    sections = [{**factories.SECTIONS[0], "heading": forged}, factories.SECTIONS[1]]
    review = factories.submitted(sections=sections)

    shown = opened(client, factories.user("Editor"), review).context["desk"].text

    assert [section.heading for section in shown.sections] == [forged, "From the research"]


def test_split_keeps_a_page_without_references():
    assert frozen_text.split("<nav></nav>") == ("<nav></nav>", [], "")


def test_no_id_stands_twice_on_the_desk(client):
    ann = factories.board_member()
    review = factories.under_review(ann)
    workflow.open_thread(review, by=ann.user, text="Dose?", kind="blocking")

    page = opened(client, ann.user, review).text

    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_changes_name_the_sections_that_differ_from_what_readers_see(client):
    approved = factories.approved()
    factories.edit(approved.article)
    review = factories.submitted(approved.article)

    changes = opened(client, factories.user("Editor"), review).context["desk"].changes

    assert changes.since == "revision 1, which readers see"
    assert changes.sections == [("From the guidelines", "changed")]


def test_blocking_remark_on_an_earlier_text_still_stands_on_the_desk(client):
    ann = factories.board_member()
    review = factories.under_review(ann)
    workflow.request_changes(review, by=ann.user, text="The maximum is missing.", seen=factories.seen(review))
    factories.edit(review.article)
    second = factories.submitted(review.article)
    factories.accepted(second, ann)

    shown = opened(client, ann.user, second)

    assert "The maximum is missing." in shown.text
    assert [one.is_of_earlier_text for one in shown.context["desk"].blocking_threads] == [True]


def test_what_people_wrote_is_escaped(client):
    ann = factories.board_member("<i>Ann</i>")
    review = factories.under_review(ann)
    workflow.open_thread(review, by=ann.user, text="<script>alert(1)</script>")

    page = opened(client, ann.user, review).text

    assert "<script>alert" not in page
    assert "<i>Ann" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_statement_shown_is_the_one_that_is_signed(client):
    ann = factories.board_member()
    review = factories.under_review(ann)
    factories.mark_all(review, ann)
    shown = opened(client, ann.user, review)

    decision = workflow.approve(
        review,
        by=ann.user,
        digest=review.revision.digest,
        password=factories.PASSWORD,
        seen=factories.seen(review),
    )

    assert shown.context["desk"].statement == decision.statement
    assert decision.statement in unescape(shown.text)


def test_findings_and_waivers_stand_above_the_statement(client):
    ann = factories.board_member()
    unresolved = [{"key": "first"}, {"key": "second", "source": factories.source()}]
    review = factories.under_review(ann, review=factories.submitted(citations=unresolved))
    factories.mark_all(review, ann)
    finding = findings.of_content(review.article, review.revision.document)[0]
    workflow.waive(review.article, by=factories.user("Editor"), finding=finding, reason="Known to everybody.")

    page = opened(client, ann.user, review).text

    assert page.index("Known to everybody.") < page.index('class="statement"')


def test_who_may_not_be_asked_is_shown_with_the_reason(client):
    review = factories.submitted()
    factories.board_member("Lee", licence_expires=timezone.localdate() - timedelta(days=1))
    factories.board_member("Ann")

    candidates = opened(client, factories.user("Editor"), review).context["desk"].candidates

    assert [(one.member.user.name, one.why_not) for one in candidates] == [
        ("Ann", ""),
        ("Lee", "The licence of Lee, MD has lapsed."),
    ]


def test_auditor_finds_no_form_on_the_desk(client):
    ann = factories.board_member()
    review = factories.under_review(ann)
    workflow.open_thread(review, by=ann.user, text="Dose?", kind="blocking")

    page = opened(client, factories.user("Auditor"), review).text

    assert page.count("<form") == page.count('action="/accounts/logout/"')


def test_author_reads_and_answers_but_does_not_mark_or_sign(client):
    ann = factories.board_member()
    review = factories.under_review(ann)
    workflow.open_thread(review, by=ann.user, text="Dose?", kind="blocking")

    page = opened(client, review.article.owner, review).text

    assert f"/reviews/{review.pk}/comment/" in page
    assert f"/reviews/{review.pk}/mark/" not in page
    assert 'type="password"' not in page


def test_superuser_who_is_not_on_the_board_cannot_sign(client):
    review = factories.under_review()

    assert 'type="password"' not in opened(client, factories.user(is_superuser=True), review).text


def test_evidence_is_asked_for_when_a_standing_text_is_reviewed_again(client):
    ann = factories.board_member()
    approved = factories.approved(ann, factories.board_member())
    again = workflow.rereview(
        approved.article, by=factories.user("Editor"), reason="Two years.", seen=factories.seen(approved)
    )
    factories.under_review(ann, review=again)
    factories.mark_all(again, ann)

    assert "What you searched" in opened(client, ann.user, again).text


# --- Queries ---


def busy_review(ann, remarks):
    sections = [{**factories.SECTIONS[place % 2], "heading": f"Part {place}"} for place in range(2 * remarks)]
    review = factories.under_review(ann, factories.board_member(), review=factories.submitted(sections=sections))
    for section in review.revision.document["sections"]:
        thread = workflow.open_thread(review, by=ann.user, text="Dose?", section_key=section["key"])
        workflow.comment(thread, by=review.article.owner, text="Yes.")
    return review


@pytest.mark.parametrize("role", ["member", "Editor", "author"])
def test_desk_asks_as_many_queries_for_many_sections_and_comments(client, role, django_assert_max_num_queries):
    ann, _not_asked = factories.board_member(), factories.board_member()
    counts = []
    for remarks in (1, 4):
        review = busy_review(ann, remarks)
        people = {"member": ann.user, "author": review.article.owner}
        client.force_login(people.get(role) or factories.user(role))
        with django_assert_max_num_queries(33) as asked:
            client.get(desk(review))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_desk_shows_what_the_text_says_of_its_template_blocks_and_grades(client):
    ann = factories.board_member()
    graded = {**factories.SECTIONS[0], "blocks": ["urgent_help"], "certainty": "low", "strength": "conditional"}
    review = factories.under_review(
        ann,
        factories.board_member(),
        review=factories.submitted(
            template="medicine",
            not_applicable={"pregnancy": "only men take it"},
            sections=[graded, factories.SECTIONS[1]],
        ),
    )
    client.force_login(ann.user)

    page = client.get(desk(review)).content.decode()

    assert "A medicine or treatment" in page
    assert "Pregnancy and breastfeeding: not applicable because only men take it" in page
    assert "Answers: When to get urgent help" in page
    assert "Certainty of the evidence: Low" in page
    assert "Strength of the recommendation: Conditional" in page
    assert "A block required by the article&#x27;s template is missing (6)" in page


def test_desk_says_how_many_signers_the_house_lacks(client):
    editor, ann = factories.user("Editor"), factories.board_member("Ann")
    review = factories.submitted(risk="high")
    client.force_login(editor)
    address = reverse("admin:reviews_review_change", args=[review.pk])

    assert (
        "1 more signer is needed than there are members who may sign this text: invite a guest."
        in client.get(address).text
    )

    factories.board_member("Gus", is_guest=True, verified_by=editor, verified_at=timezone.now())
    assert "invite a guest" not in client.get(address).text
    assert ann.is_active


def test_desk_tells_a_member_who_triaged_why_they_cannot_sign(client):
    edda = factories.board_member("Edda")
    factories.make_editor(edda.user)
    review = factories.under_review(edda)
    workflow.assign(review, by=edda.user, member=factories.board_member(), seen=factories.seen(review))
    factories.mark_all(review, edda)
    client.force_login(edda.user)

    page = client.get(reverse("admin:reviews_review_change", args=[review.pk]))

    assert "Edda, MD has triaged this text" in page.text
    assert "approve" not in page.context["desk"].forms


def test_desk_says_which_wording_of_a_section_is_still_to_mark(client):
    ann = factories.board_member("Ann")
    review = factories.under_review(ann)
    key, digest = next(iter(review.revision.section_digests.items()))
    workflow.mark(review, by=ann.user, section_key=key, section_digest=digest, audience="professional")
    client.force_login(ann.user)

    page = client.get(reverse("admin:reviews_review_change", args=[review.pk]))

    first, second = page.context["desk"].text.sections
    assert (first.is_marked, first.left, second.left) == (True, ["Plain language"], [])
    assert "mark it too in this wording:" in page.text
