"""What the clock finds to tell: reviews that are due or late, pages out of date, licences that end.

Everything goes by facts, and each thing has a key by which it is told once: a clock that stood still for three days
tells what is true on the day it goes again, and tells nothing twice.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Publication
from reviews.models import Assignment, BoardMember, Delivery, Review
from reviews.notifications import outbox
from reviews.notifications.event_facts import day
from reviews.notifications.outbox import Notification
from reviews.notifications.recipients import administrators, editors

# How many days before a licence ends, and on the day after it did.
LICENCE_DAYS = (60, 14, -1)


def write(at: datetime) -> int:
    """Write everything that is to be told now and was not told yet; return how many rows that were."""
    today, desk, office = timezone.localdate(at), _ids(editors()), _ids(editors() | administrators())
    return sum(
        _put(kind, notifications, at)
        for kind, notifications in (
            ("reminder", of_assignments(today)),
            ("late_review", of_late_reviews(today, desk)),
            ("overdue", of_overdue_pages(today, desk)),
            ("licence", of_licences(today, office)),
        )
    )


def _ids(to: Q) -> list[int]:
    return list(get_user_model().objects.filter(to, is_active=True).values_list("pk", flat=True))


def _put(kind: str, notifications: Iterable[Notification], at: datetime) -> int:
    rows = [
        outbox.row(notification, person, kind=kind, once=notification.once, at=at)
        for notification in notifications
        for person in notification.to
    ]
    told = Delivery.objects.filter(kind=kind).values_list("dedupe_key", flat=True)
    known = set(told.filter(dedupe_key__in=[row.dedupe_key for row in rows]))
    fresh = [row for row in rows if row.dedupe_key not in known]
    outbox.put(fresh)
    return len(fresh)


def of_assignments(today: date) -> Iterator[Notification]:
    """Remind members before a review is due, as the policy has it; once when it is late, and then weekly."""
    waiting = Assignment.objects.filter(
        state__in=Assignment.UNANSWERED, review__state__in=Review.OPEN, member__user__is_active=True
    )
    for one in waiting.select_related("review__policy", "review__article", "member"):
        stage = _stage(one.due_date, one.review.policy.reminder_days, asked=one.assigned_at.date(), today=today)
        if stage:
            yield _reminder(one, stage, today)


def _stage(due: date, reminder_days: list[int], *, asked: date, today: date) -> str:
    """Return the reminder that is owed today, or nothing. Who was asked later than its day needs none."""
    left = (due - today).days
    if left < 0:
        return f"late-{(-left - 1) // 7}"
    owed = min((days for days in reminder_days if left <= days), default=None)
    return f"before-{owed}" if owed is not None and (due - asked).days > owed else ""


def _reminder(one: Assignment, stage: str, today: date) -> Notification:
    named = {"title": one.review.article.title, "due": day(one.due_date)}
    subject, words = _("Due on %(due)s: %(title)s"), _("Your review of “%(title)s” is due by %(due)s.")
    if stage.startswith("late"):
        subject = _("Overdue since %(due)s: %(title)s")
        words = _(
            "Your review of “%(title)s” was due by %(due)s. Please finish it, or decline so that an editor can ask "
            "somebody else."
        )
    elif one.state == Assignment.State.INVITED:
        words = _("You are asked to review “%(title)s” by %(due)s and have not answered. Please accept or decline.")
    return Notification(
        [one.member.user_id],
        subject % named,
        words % named,
        _desk(one.review_id),
        once=f"remind:{one.pk}:{one.assigned_at.date()}:{one.due_date}:{stage}",
    )


def _desk(review_id: int) -> str:
    return reverse("admin:reviews_review_change", args=[review_id])


def of_late_reviews(today: date, desk: list[int]) -> Iterator[Notification]:
    """Tell editors of each review that is past its date, in their digest: once, and then weekly."""
    late = Review.objects.open().filter(due_date__lt=today).select_related("article")
    for review in late.prefetch_related("assignments__member__user"):
        weeks = ((today - review.due_date).days - 1) // 7  # type: ignore[operator]  # late ones have a date
        missing = [str(one.member) for one in review.assignments.all() if one.state in Assignment.UNANSWERED]
        named = {"title": review.article.title, "due": day(review.due_date), "who": "; ".join(missing)}
        words = _("The review of “%(title)s” was due by %(due)s and nobody has been asked. Please assign members.")
        if missing:
            words = _("The review of “%(title)s” was due by %(due)s. It is waiting for %(who)s.")
        yield Notification(
            desk,
            _("Overdue since %(due)s: %(title)s") % named,
            words % named,
            _desk(review.pk),
            is_urgent=False,
            once=f"late:{review.pk}:{review.due_date}:{weeks}",
        )


def of_overdue_pages(today: date, desk: list[int]) -> Iterator[Notification]:
    """Tell editors once of each stage that an approved page has reached: out of date, closed to search, hidden."""
    pages = Publication.objects.filter(status=Publication.Status.APPROVED).select_related("article")
    for page in pages.filter(Q(next_review_due__lt=today) | Q(second_review_due__date__lt=today)):
        stage, words = _overdue_stage(page, today)
        named = {"title": page.title, "due": day(page.due_date)}
        yield Notification(
            desk,
            _("Review out of date since %(due)s: %(title)s") % named,
            words % named,
            reverse("admin:articles_article_change", args=[page.pk]),
            is_urgent=stage == "hidden",
            once=f"overdue:{page.pk}:{page.due_date}:{stage}",
        )


def _overdue_stage(page: Publication, today: date) -> tuple[str, str]:
    if page.hidden_from and page.hidden_from <= today:
        words = _("“%(title)s” was due for review by %(due)s. Readers no longer see its text.")
        return "hidden", words
    if page.noindex_from and page.noindex_from <= today:
        words = _("“%(title)s” was due for review by %(due)s. Search engines are told to drop the page.")
        return "noindex", words
    words = _("“%(title)s” was due for review by %(due)s. The page tells readers so until it is reviewed again.")
    return "overdue", words


def of_licences(today: date, office: list[int]) -> Iterator[Notification]:
    """Tell editors, administrators and the member of a licence that ends: two months before, two weeks, and after."""
    members = BoardMember.objects.filter(is_active=True, user__is_active=True, licence_expires__isnull=False)
    for member in members.select_related("user"):
        expires: Any = member.licence_expires
        left = (expires - today).days
        stage = min((days for days in LICENCE_DAYS if left <= days), default=None)
        if stage is None:
            continue
        named = {"name": member.printed_name, "until": day(expires)}
        words = _("The licence of %(name)s is valid until %(until)s. Please check the new one before that day.")
        if left < 0:
            words = _("The licence of %(name)s was valid until %(until)s. Until it is renewed they cannot sign.")
        yield Notification(
            sorted({*office, member.user_id}),
            _("Licence until %(until)s: %(name)s") % named,
            words % named,
            is_urgent=left < 0,
            once=f"licence:{member.pk}:{expires}:{stage}",
        )
