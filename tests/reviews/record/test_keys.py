"""Keys: what each is for, where their public halves stand, and what happens when one is replaced."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.urls import reverse

from articles import signing_keys
from reviews.models import Event
from reviews.record import event_chain, sealing, verification
from tests import factories
from tests.articles.reading.reader_pages import address

KEYS = ["the first of two keys of this test, long enough", "the second of two keys of this test, long enough"]


def test_signature_is_of_its_purpose_message_and_key_only(settings):
    settings.SIGNATURE_KEYS = KEYS[:1]
    made = signing_keys.sign("event", b"words")

    assert signing_keys.is_signed("event", b"words", made)
    assert not signing_keys.is_signed("decision", b"words", made)
    assert not signing_keys.is_signed("event", b"other words", made)
    assert not signing_keys.is_signed("event", b"words", made + "A")
    for nonsense in ("", "ed25519", "ed25519:x:y", made[:-1], made.replace("ed25519", "rsa"), made + "=", "é:é:é"):
        assert not signing_keys.is_signed("event", b"words", nonsense)
    settings.SIGNATURE_KEYS = KEYS[1:]
    assert not signing_keys.is_signed("event", b"words", made)
    settings.SIGNATURE_KEYS = KEYS[::-1]
    assert signing_keys.is_signed("event", b"words", made)


def test_mac_is_of_its_purpose_and_message_only(settings):
    settings.SIGNATURE_KEYS = KEYS[:1]
    made = signing_keys.mac("listing", b"words")

    assert signing_keys.is_mac("listing", b"words", made)
    assert not signing_keys.is_mac("credentials", b"words", made)
    assert not signing_keys.is_mac("listing", b"other words", made)
    assert not signing_keys.is_mac("listing", b"words", "é")
    settings.SIGNATURE_KEYS = [KEYS[1], KEYS[0]]
    assert signing_keys.is_mac("listing", b"words", made)


@pytest.mark.django_db
def test_anybody_can_check_a_seal_with_the_public_key(client):
    event = Event.objects.of_article(factories.approved().article_id).last()
    published = json.loads(client.get(reverse("reviews:keys")).content)

    _, name, encoded = event.seal.split(":")
    (key,) = [one for one in published["keys"] if one["id"] == name]

    raw = signing_keys.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    message = b"countersign/event\0" + event.digest.encode()
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key["public_key"])).verify(raw, message)


@pytest.mark.django_db
def test_replaced_key_goes_on_verifying_and_seals_nothing_new(client, settings):
    review, before = factories.approved(), settings.SIGNATURE_KEYS
    settings.SIGNATURE_KEYS = [KEYS[0], *before]

    stated = sealing.state_key()

    assert stated.data["before"] in signing_keys.public_keys()
    assert sealing.state_key() is None
    assert list(verification.faults()) == []
    assert client.get(address(review)).status_code == 200
    factories.approved()
    assert list(verification.faults()) == []

    settings.SIGNATURE_KEYS = before
    factories.user()
    settings.SIGNATURE_KEYS = [KEYS[0], *before]

    last = Event.objects.of_site().last()
    assert next(verification.faults()).row == str(last.pk)
    assert next(verification.faults()).field == "seal"


@pytest.mark.django_db
def test_site_without_the_keys_of_its_record_shows_no_page(client, settings):
    review = factories.approved()
    settings.SIGNATURE_KEYS = KEYS[:1]

    assert client.get(address(review)).status_code == 503
    assert {fault.field for fault in verification.faults()} >= {"seal", "signature", "password"}


@pytest.mark.django_db
def test_chain_does_not_run_backwards_when_the_clock_does():
    chain = event_chain.article_chain(factories.submitted().article_id)

    assert chain.not_before(chain.at.replace(year=2001)) == chain.at
