"""The forms by which a published text is corrected, and a correction comes into the draft beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Audience, Revision
from articles.models.draft import validate_limits
from articles.text.canonical import digest, normalised
from reviews.web.forms.step_form import SeenForm, hidden, words
from reviews.workflow import Refused, corrections
from reviews.workflow.corrections import Part, Texts


def _copied(data: Any) -> Any:
    """Return what a browser sent as something that may be changed."""
    return data.copy()


def _rows(text: str) -> int:
    """Return a height at which a text of this length is read without scrolling, within reason."""
    return min(18, max(4, len(text) // 60 + text.count("\n") + 1))


class CorrectForm(SeenForm):
    """The published text, each wording of each section in a field of its own; only what differs becomes an edit.

    `base` is the revision whose words the page showed; `looked_at` names the change a person has seen word by word.
    """

    verb = "correct"
    base = hidden(forms.IntegerField)
    looked_at = hidden(required=False)
    notice = words(
        gettext_lazy("What was wrong, and what is right?"),
        help_text=gettext_lazy(
            "When the correction is approved, readers are told of it in these words; reviewers read them first. "
            "For example: The starting dose read 300 mg; it is 30 mg."
        ),
    )

    def __init__(self, *args: Any, revision: Revision | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.revision = revision
        self.document: dict[str, Any] = revision.document if revision else {"sections": []}
        self.edits: Texts = {}
        for section in self.document["sections"]:
            for audience in Audience.values:
                self.fields[f"{audience}-{section['key']}"] = _wording(section, audience)
        self.order_fields(["notice"])

    def parts(self) -> list[dict[str, Any]]:
        """Return the sections with the fields of their two wordings, in the text's order."""
        return [
            {
                "heading": section["heading"],
                "fields": [self[f"{audience}-{section['key']}"] for audience in Audience.values],
            }
            for section in self.document["sections"]
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.edits = self._edits(cleaned)
        if not self.edits:
            raise forms.ValidationError(_("The text does not differ from the published text."))
        try:
            corrections.corrected(self.document, self.edits)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return cleaned

    def _edits(self, cleaned: dict[str, Any]) -> Texts:
        found: Texts = {}
        for section in self.document["sections"]:
            for audience in Audience.values:
                name = f"{audience}-{section['key']}"
                text = normalised(cleaned.get(name) or "")
                # A field that was not sent is not an empty text.
                if name in self.data and text != section[audience]:
                    found.setdefault(section["key"], {})[audience] = text
        return found

    @property
    def change(self) -> str:
        """Name what would be done: this change of these words, told to readers in this way."""
        return digest(
            {
                "base": self.revision.pk if self.revision else 0,
                "edits": self.edits,
                "notice": self.cleaned_data["notice"],
            }
        )

    @property
    def is_confirmed(self) -> bool:
        return "confirm" in self.data and self.data.get("looked_at") == self.change

    def shown(self, seen: int) -> None:
        """Remember that the person is now shown the change, as things stand."""
        data = _copied(self.data)
        data["looked_at"], data["seen"] = self.change, str(seen)
        self.data = data

    def moved_to(self, revision: Revision, *, seen: int) -> "CorrectForm":
        """Return the form on the words that are published now: what was typed stays, what was not touched follows."""
        data = _copied(self.data)
        before = {section["key"]: section for section in self.document["sections"]}
        for section in revision.document["sections"]:
            for audience in Audience.values:
                name = f"{audience}-{section['key']}"
                old = before.get(section["key"], {}).get(audience)
                if name not in data or normalised(data[name]) == old:
                    data[name] = section[audience]
        data["base"], data["seen"], data["looked_at"] = str(revision.pk), str(seen), ""
        return CorrectForm(data, revision=revision)

    def values(self) -> dict[str, Any]:
        return {"edits": self.edits, "notice": self.cleaned_data["notice"], "seen": self.cleaned_data["seen"]}


def _wording(section: dict[str, Any], audience: str) -> forms.CharField:
    field = words(
        Audience(audience).label, rows=_rows(section[audience]), required=False, strip=False, initial=section[audience]
    )
    # A screen reader hears of which section each wording is.
    field.widget.attrs["aria-label"] = f"{section['heading']}: {Audience(audience).label}"
    return field


class MergeForm(SeenForm):
    """The words of each corrected section as the draft will hold them. A conflict asks for a tick.

    Beside each text goes the digest of the draft's words it was made from: nobody writes over words they did not see.
    """

    verb = "merge"

    def __init__(self, *args: Any, parts: list[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = {f"{part.audience}-{part.section_key}": part for part in parts}
        for name, part in self.of.items():
            label = f"{part.heading}: {Audience(part.audience).label}"
            merged = words(
                _("The draft will say"),
                rows=_rows(part.merged),
                required=False,
                strip=False,
                initial=part.merged,
                validators=[validate_limits],
            )
            merged.widget.attrs["aria-label"] = f"{_('The draft will say')}: {label}"
            self.fields[f"merged-{name}"] = merged
            for kept, value in (("draft", digest(part.draft)), ("proposed", digest(part.merged)), ("moved", "")):
                self.fields[f"{kept}-{name}"] = hidden(initial=value, required=False)
            if part.is_conflict or self.has_moved(name):
                self.fields[f"looked-{name}"] = forms.BooleanField(
                    label=_("I have read both changes, and the words above are correct"),
                    error_messages={"required": _("Read these words, and confirm that you did.")},
                )

    def has_moved(self, name: str) -> bool:
        """Say whether the draft's words of a part were saved anew after the person had begun."""
        return self.is_bound and bool(self.data.get(f"moved-{name}"))

    def is_stale(self, version: int) -> bool:
        """Say whether this form was filled in beside an older draft than the present one."""
        return self.data.get("seen") != str(version) or any(self._is_of_other_words(name) for name in self.of)

    def _is_of_other_words(self, name: str) -> bool:
        return self.data.get(f"draft-{name}") != digest(self.of[name].draft)

    def renewed(self, version: int) -> "MergeForm":
        """Return the form beside the present draft: what was typed stays, and asks for a tick where the draft moved."""
        data = _copied(self.data)
        for name, part in self.of.items():
            if not self._was_changed(name):
                data[f"merged-{name}"] = part.merged
            elif self._is_of_other_words(name):
                data[f"moved-{name}"] = "1"
            if self._is_of_other_words(name):
                data.pop(f"looked-{name}", None)
            data[f"draft-{name}"], data[f"proposed-{name}"] = digest(part.draft), digest(part.merged)
        data["seen"] = str(version)
        return MergeForm(data, parts=list(self.of.values()))

    def _was_changed(self, name: str) -> bool:
        """Say whether a person changed the words that were proposed to them."""
        typed = self.data.get(f"merged-{name}")
        return typed is not None and digest(normalised(typed)) != self.data.get(f"proposed-{name}")

    def lost(self) -> list[str]:
        """Return the words typed for sections that need no merging any more."""
        names = {f"merged-{name}" for name in self.of}
        return [text for name, text in self.data.items() if name.startswith("merged-") and name not in names and text]

    def values(self) -> dict[str, Any]:
        texts: Texts = {}
        for name, part in self.of.items():
            text = normalised(self.cleaned_data[f"merged-{name}"])
            texts.setdefault(part.section_key, {})[part.audience] = text
        return {"texts": texts, "seen": self.cleaned_data["seen"]}
