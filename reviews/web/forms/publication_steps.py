"""The forms of the steps on what readers see: suspend, lift, retire, notices."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from reviews.web.forms.step_form import SeenForm, words
from reviews.workflow.notices import LONGEST

_SLUG = re.compile(r"(?:.*/articles/)?([-\w]+)(?:/(?:professional|plain|history))?/?\Z", re.ASCII)


class _SectionForm(SeenForm):
    """A step on one section of the published text, or on all of it."""

    section_key = forms.ChoiceField(label=_("Which section"), widget=forms.RadioSelect)
    whole: Any = ""

    def __init__(self, *args: Any, headings: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section_key"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = ([("", self.whole)] if self.whole else []) + list(headings.items())
        field.required = not self.whole


class SuspendForm(_SectionForm):
    verb = "suspend"
    whole = _("The whole page")
    section_key = forms.ChoiceField(label=_("What is hidden"), widget=forms.RadioSelect, required=False)
    reason = words(_("Reason, for the record"))
    notice = words(
        _("Notice to readers"), help_text=_("Plain words. Shown in place of the text until the suspension is lifted.")
    )
    confirmed = forms.BooleanField(label=_("Yes: hide this from readers now"), required=False)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("section_key", "reason", "notice", "seen")}


class LiftForm(SeenForm):
    verb = "lift"
    reason = words(_("Why may readers see it again?"), help_text=_("The other person who has to agree will read it."))


class WithdrawLiftForm(SeenForm):
    verb = "withdraw_lift"
    reason = words(_("Why do you withdraw your agreement?"))


class RetireForm(SeenForm):
    verb = "retire"
    successor = forms.CharField(
        label=_("Text that replaces it"),
        required=False,
        max_length=300,
        help_text=_("Its address, copied from the browser. Leave empty if there is none."),
    )
    reason = words(_("Reason, for the record"))
    notice = words(_("Notice to readers"), help_text=_("Shown at the address, if no other text replaces this one."))
    confirmed = forms.BooleanField(label=_("Yes: withdraw this page from readers"), required=False)

    def clean_successor(self) -> Article | None:
        typed = self.cleaned_data["successor"].strip()
        if not typed:
            return None
        match = _SLUG.match(typed)
        found = Article.objects.select_related("publication").filter(slug=match[1]).first() if match else None
        if found is None:
            raise forms.ValidationError(_("There is no article at this address."))
        return found

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("successor", "reason", "notice", "seen")}


class NoticeForm(_SectionForm):
    verb = "notice"
    text = words(
        _("What readers of this section need to know"),
        max_length=LONGEST,
        help_text=_("Plain words, for both wordings of the page. Readers are told that nobody has reviewed it yet."),
    )


class SignNoticeForm(SeenForm):
    verb = "sign_notice"
    password = forms.CharField(
        label=_("Your password, again"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class WithdrawNoticeForm(SeenForm):
    verb = "withdraw_notice"
    reason = words(_("Why is the notice withdrawn?"))
