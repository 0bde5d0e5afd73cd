from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.models import Delivery
from reviews.notifications import mail
from tests import factories

pytestmark = pytest.mark.django_db


def told(person, subject="A subject", **fields):
    number = Delivery.objects.count()
    fields = {"text": "Something happened.", "kind": "assign", "created_at": timezone.now(), **fields}
    return Delivery.objects.create(recipient=person, subject=subject, dedupe_key=f"test:{number}", **fields)


@pytest.fixture
def ann():
    return factories.user("Board member", "Ann Ahrens")


def composed(person, *rows):
    return mail.compose(person, list(rows), message_id="<one@example.org>")


def test_mail_is_text_and_html_with_a_link_to_the_page(ann, settings):
    settings.SITE_URL = "https://countersign.example.org"

    message = composed(ann, told(ann, text="Please review “A & B”.", path="/admin/reviews/review/1/change/"))

    html, kind = message.alternatives[0]
    assert message.to == [ann.email]
    assert message.body.startswith("Hello Ann Ahrens,")
    assert "Please review “A & B”." in message.body
    assert "https://countersign.example.org/admin/reviews/review/1/change/" in message.body
    assert kind == "text/html"
    assert "Please review “A &amp; B”." in html
    assert 'href="https://countersign.example.org/admin/reviews/review/1/change/"' in html


def test_mail_says_that_a_link_signs_nothing(ann):
    message = composed(ann, told(ann))

    assert "Nothing is signed or decided by opening a link" in message.body
    assert "Nothing is signed or decided by opening a link" in message.alternatives[0][0]


def test_title_cannot_write_html(ann):
    message = composed(ann, told(ann, subject="<script>alert(1)</script>", text="<b>bold</b>"))

    html = message.alternatives[0][0]
    assert "<script>" not in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html


def test_title_cannot_write_another_header(ann):
    message = composed(ann, told(ann, subject="Hello\r\nBcc: everybody@example.org\n\nBody"))

    sent = message.message()
    assert sent["Bcc"] is None
    assert sent["Subject"] == "[Countersign] Hello Bcc: everybody@example.org Body"


def test_machines_are_told_not_to_answer(ann):
    sent = composed(ann, told(ann)).message()

    assert sent["Message-ID"] == "<one@example.org>"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["X-Auto-Response-Suppress"] == "OOF, AutoReply"


def test_most_urgent_stands_first_and_the_subject_counts_the_rest(ann):
    now = timezone.now()
    later = told(ann, "A remark", is_urgent=False, created_at=now - timedelta(hours=3))
    second = told(ann, "Please review: B", created_at=now)
    first = told(ann, "Suspended: A", created_at=now - timedelta(minutes=1))

    message = composed(ann, later, second, first)

    assert message.subject == "[Countersign] Suspended: A (and 2 more)"
    places = [message.body.index(words) for words in ("1. Suspended: A", "2. Please review: B", "3. A remark")]
    assert places == sorted(places)


def test_same_rows_make_the_same_mail(ann):
    rows = [told(ann, "One"), told(ann, "Two")]

    first, second = composed(ann, *rows), composed(ann, *reversed(rows))

    assert (first.subject, first.body, first.alternatives) == (second.subject, second.body, second.alternatives)


def test_long_subject_is_cut(ann):
    message = composed(ann, told(ann, "word " * 50))

    assert len(message.subject) <= 200
    assert message.subject.endswith("…")
