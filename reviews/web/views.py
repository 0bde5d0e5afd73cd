"""The review's public record: the editorial policy, an article's history, and the exact texts that were approved."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import signing_keys
from articles.reading import article_page, responses, standing
from articles.text.rendering import render_text
from reviews.models import EditorialPolicy
from reviews.policies import policy_text
from reviews.record import event_chain, public_history, public_record, signatures

# What precedes the digest of an event, or the canonical text of a decision or a notice, in the bytes that are signed.
_PURPOSES = (event_chain.SEAL, signatures.DECISION, signatures.NOTICE)
_SIGNED = "countersign/PURPOSE, a zero byte, and the digest of the event or the canonical text of what was signed"


@login_not_required
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Hand out the public keys by which seals and signatures are checked, the one in use first (RFC 8615, RFC 8032)."""
    known = [
        {"id": name, "algorithm": "Ed25519", "public_key": key, "purposes": list(_PURPOSES)}
        for name, key in signing_keys.public_keys().items()
    ]
    return responses.public(request, JsonResponse({"keys": known, "message": _SIGNED}), is_indexed=False)


@login_not_required
@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Show the policy in force."""
    return _policy_page(request, EditorialPolicy.objects.current())


@login_not_required
@require_safe
def policy_version(request: HttpRequest, version: int) -> HttpResponse:
    """Show one version of the policy: signatures name theirs, so every version stays readable."""
    return _policy_page(request, get_object_or_404(EditorialPolicy, version=version))


def _policy_page(request: HttpRequest, shown: EditorialPolicy) -> HttpResponse:
    versions = EditorialPolicy.objects.order_by("-version").values("version", "adopted_at")
    context = {
        "policy": shown,
        "text": render_text(shown.text),
        "rules": public_record.rules(shown),
        "promises": policy_text.promises(shown),
        "binds": policy_text.binds(shown),
        "findings": policy_text.findings_in_words(shown),
        "versions": list(versions),
    }
    return responses.public(request, render(request, "reviews/policy_detail.html", context))


@login_not_required
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was handed in, what became of it, who signed for what, and how to check it."""
    publication, today = public_record.shown(slug), timezone.localdate()
    if publication is None:
        return _moved(request, slug)
    found = public_history.of_article(publication.article_id, revision_id=publication.revision_id)
    if found.slug not in ("", slug):
        return _not_of_this_address(request)
    context = {
        "publication": publication,
        "title": found.titles.get(publication.revision_id, ""),
        "entries": found.entries,
        "texts": found.approved,
        "waived": public_record.waived(publication, found) if publication.is_read(today) else [],
        "is_indexed": publication.is_open_to_search(today),
        "told": standing.told(publication),
        "is_read": publication.is_read(today),
        "is_handed_out": publication.is_read(today) and not publication.masks,
    }
    response = render(request, "reviews/history.html", context)
    return responses.public(request, response, is_indexed=publication.is_open_to_search(today))


def _not_of_this_address(request: HttpRequest) -> HttpResponse:
    """Say that the record gives the article found here another address; nothing of it is shown."""
    response = render(request, "articles/article_unproved.html", status=503)
    return responses.public(request, response, is_indexed=False)


@login_not_required
@require_safe
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand out the exact bytes that were signed, so that anybody can compute their digest."""
    found = public_record.approved_revision(slug, number, today=timezone.localdate())
    if found is None:
        raise Http404
    response = HttpResponse(found.content.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{slug}-revision-{number}.json"'
    return responses.public(request, response, etag=f'"{found.digest}"', is_indexed=False)


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    slug_now = article_page.address_now(slug)
    if slug_now is None:
        raise Http404
    return responses.public(request, redirect("reviews:history", slug_now, permanent=True))
