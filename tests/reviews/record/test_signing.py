import copy

import pytest

from reviews.models import Decision
from reviews.record import signatures
from tests import factories, states

pytestmark = pytest.mark.django_db


@states.once_a_module
def signed():
    ann = factories.board_member("Ann")
    review = factories.under_review(ann, factories.board_member())
    factories.sign(review, ann)
    return Decision.objects.get()


@pytest.fixture
def decision(signed):
    return states.anew(signed)


def test_signature_is_valid_as_stored(decision):
    assert signatures.is_valid(decision)


def _later(decision):
    decision.decided_at += type(decision.decided_at - decision.decided_at)(microseconds=1)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda decision: setattr(decision, "verdict", "changes_requested"),
        lambda decision: setattr(decision, "statement", decision.statement.replace("approve", "reject")),
        lambda decision: setattr(decision, "revision_digest", "0" * 64),
        lambda decision: setattr(decision, "revision_id", decision.revision_id + 1),
        lambda decision: setattr(decision, "assignment_id", decision.assignment_id + 1),
        lambda decision: setattr(decision, "sequence", 2),
        lambda decision: setattr(decision, "evidence", {"found": "something"}),
        lambda decision: setattr(decision, "authenticated_by", "session"),
        lambda decision: decision.signer.update(name="Somebody else"),
        lambda decision: decision.signer["specialties"].append("Cardiology"),
        lambda decision: decision.sections.pop(),
        lambda decision: decision.sections[0].update(digest="0" * 64),
        lambda decision: setattr(decision, "signature", decision.signature[::-1]),
        lambda decision: setattr(decision, "signature", ""),
        _later,
    ],
    ids=[
        "verdict",
        "statement",
        "digest",
        "revision",
        "assignment",
        "sequence",
        "evidence",
        "authentication",
        "name",
        "specialty",
        "section",
        "section digest",
        "signature",
        "no signature",
        "time",
    ],
)
def test_signature_does_not_cover_what_was_changed(tamper, decision):
    tamper(decision)

    assert not signatures.is_valid(decision)


def test_signature_covers_every_column_of_a_decision(decision):
    # A column added later must be signed, or be here with the reason why it need not be.
    unsigned = {"id", "signature", "supersedes"}  # its sequence says which one it supersedes
    columns = {field.name for field in Decision._meta.concrete_fields} - unsigned

    for name in columns:
        changed = copy.deepcopy(decision)
        field = Decision._meta.get_field(name)
        value = getattr(changed, field.attname)
        setattr(changed, field.attname, _other(value))
        assert not signatures.is_valid(changed), name


def _other(value):
    match value:
        case str():
            return value + "x"
        case int():
            return value + 1
        case dict():
            return {**value, "x": "x"}
        case list():
            return [*value, "x"]
    return value.replace(year=value.year - 1)


def test_old_key_still_verifies_after_rotation(decision, settings):
    settings.SIGNATURE_KEYS = ["a-new-key-in-front", *settings.SIGNATURE_KEYS]

    assert signatures.is_valid(decision)
    assert signatures.sign(decision) != decision.signature


def test_dropped_key_no_longer_verifies(decision, settings):
    settings.SIGNATURE_KEYS = ["another-key"]

    assert not signatures.is_valid(decision)


def test_authenticate_names_how():
    assert signatures.authenticate(factories.user(), factories.PASSWORD) == "password"


@pytest.mark.parametrize("password", ["", "wrong", factories.PASSWORD.upper(), f"{factories.PASSWORD} "])
def test_authenticate_another_password_is_refused(password):
    with pytest.raises(signatures.WrongPassword, match="Nothing was signed"):
        signatures.authenticate(factories.user(), password)


def test_authenticate_a_closed_account_is_refused():
    with pytest.raises(signatures.WrongPassword):
        signatures.authenticate(factories.user(is_active=False), factories.PASSWORD)


def test_authenticate_without_a_usable_password_is_refused():
    person = factories.user()
    person.set_unusable_password()

    with pytest.raises(signatures.WrongPassword):
        signatures.authenticate(person, "")
