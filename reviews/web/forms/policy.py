"""The form of a new version of the editorial policy: every rule has a control of its own."""

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article
from articles.text.checks import RULES
from articles.writing.findings import rule_words
from reviews.models import EditorialPolicy, Review
from reviews.models.policy import ALWAYS_BLOCK
from reviews.policies import policy_text
from reviews.web.forms.step_form import hidden

_PLAIN = (
    *policy_text.LEGAL_TEXTS,
    *("specialty_required", "admits_missing_specialty", "waits_for_all", "shows_pending"),
    *("due_days", "second_review_hours", "rereview_lead_days", "noindex_after_days", "hide_after_days"),
    *("reference_style", "warn_grade", "block_grade", "campaign_from"),
    *("licence_check_months", "binds_open_reviews", "binds_published", "change_note"),
)
_RISKS = Article.Risk.values
MOST_SIGNERS, MOST_MONTHS, MOST_WATCH_DAYS = 9, 120, 366


def _number(label: Any, *, most: int, least: int = 1, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=required)


class PolicyForm(forms.ModelForm):
    """A version as a person fills it in, prefilled from the one in force. `seen` is that one's number."""

    seen = hidden(forms.IntegerField)
    reminder_days = forms.CharField(
        label=gettext_lazy("Reminders, days before a review is due"),
        required=False,
        help_text=gettext_lazy("Numbers separated by commas, for example 7, 1. If empty, nobody is reminded."),
    )
    warns_at_top = forms.MultipleChoiceField(
        label=gettext_lazy("Source statuses that readers are warned of at the top of the page"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=policy_text.SOURCE_WARNINGS,
    )
    blocks_submit = forms.MultipleChoiceField(
        label=gettext_lazy("Findings that block submission"), required=False, widget=forms.CheckboxSelectMultiple
    )
    blocks_approve = forms.MultipleChoiceField(
        label=gettext_lazy("Findings that block approval"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = EditorialPolicy
        fields = _PLAIN
        widgets = {
            **{name: forms.Textarea({"rows": 4}) for name in policy_text.LEGAL_TEXTS if name != "responsible_person"},
            "text": forms.Textarea({"rows": 16}),
            "change_note": forms.Textarea({"rows": 3}),
        }

    def __init__(self, data: Any = None, *, current: EditorialPolicy, **kwargs: Any) -> None:
        super().__init__(data, initial=_initial(current), label_suffix="", **kwargs)
        self.current = current
        self._add_numbers()
        self._add_rules()
        for name in ("due_days", "second_review_hours", "campaign_from", "warn_grade", "block_grade"):
            self.fields[name].validators.append(MinValueValidator(1))
            self.fields[name].widget.attrs["min"] = 1
        self.fields["change_note"].required = True
        self.fields["change_note"].error_messages["required"] = _("Say what changes, and why.")
        self.fields["change_note"].help_text = _("Shown with the version on its public page.")

    def _add_numbers(self) -> None:
        for risk in Article.Risk:
            self.fields[f"quorum_{risk}"] = _number(risk.label, most=MOST_SIGNERS)
            self.fields[f"months_{risk}"] = _number(risk.label, most=MOST_MONTHS)
            self.fields[f"watch_{risk}"] = _number(risk.label, most=MOST_WATCH_DAYS)
        for reason in Review.Reason:
            self.fields[f"signers_{reason}"] = _number(reason.label, most=MOST_SIGNERS, required=False)

    def _add_rules(self) -> None:
        for name in ("blocks_submit", "blocks_approve"):
            _offer(self.fields[name], getattr(self.current, name))
        for reason in policy_text.REASONS_OF_NEW_TEXTS:
            label = _("%s: its own list of findings blocks submission") % reason.label
            self.fields[f"own_{reason}"] = forms.BooleanField(label=label, required=False)
            rules = forms.MultipleChoiceField(
                label=_("%s: findings that block submission") % reason.label,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            _offer(rules, self.current.blocks_submit_by_reason.get(reason.value, []))
            self.fields[f"blocks_{reason}"] = rules

    def groups(self) -> dict[str, Any]:
        """Return the fields as the page lays them out."""
        return {
            "texts": [self[name] for name in policy_text.LEGAL_TEXTS],
            "quorum": [self[f"quorum_{risk}"] for risk in _RISKS],
            "signers": [self[f"signers_{reason}"] for reason in Review.Reason.values],
            "signing": [self[name] for name in ("specialty_required", "admits_missing_specialty", "waits_for_all")],
            "times": [self[name] for name in ("due_days", "reminder_days", "second_review_hours")],
            "months": [self[f"months_{risk}"] for risk in _RISKS],
            "overdue": [self[name] for name in ("rereview_lead_days", "noindex_after_days", "hide_after_days")],
            "evidence": [self[name] for name in ("reference_style", "campaign_from", "warns_at_top")],
            "watch": [self[f"watch_{risk}"] for risk in _RISKS],
            "reading": [self[name] for name in ("warn_grade", "block_grade")],
            "licences": [self["licence_check_months"]],
            "own_rules": [(self[f"own_{one}"], self[f"blocks_{one}"]) for one in policy_text.REASONS_OF_NEW_TEXTS],
            "binds": [self["binds_open_reviews"], self["binds_published"]],
        }

    def sent(self) -> list[tuple[str, str]]:
        """Return what was filled in as pairs of name and value: the preview carries them on."""
        return [(name, value) for name in self.fields for value in self.data.getlist(name)]  # type: ignore[attr-defined]

    def clean_reminder_days(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["reminder_days"].split(",") if part.strip()]
        if not all(part.isascii() and part.isdecimal() and len(part) < 4 for part in parts):
            raise forms.ValidationError(_("Enter whole numbers of days separated by commas, for example 7, 1."))
        return sorted({int(part) for part in parts}, reverse=True)

    def clean_change_note(self) -> str:
        return self.cleaned_data["change_note"].strip()

    def clean(self) -> dict[str, Any]:
        """Refuse rules that contradict each other, each with a sentence at the field to mend."""
        cleaned = super().clean() or self.cleaned_data
        for judge in (
            self._judge_order,
            self._judge_signing,
            self._judge_overdue,
            self._judge_reminders,
            self._judge_evidence,
        ):
            judge(cleaned)
        self._judge_findings(cleaned)
        return cleaned

    def _judge_order(self, cleaned: dict[str, Any]) -> None:
        """What could not be read is refused already; only whole rows of numbers are compared."""
        quorum, months = _by_risk(cleaned, "quorum"), _by_risk(cleaned, "months")
        if quorum != sorted(quorum):
            self.add_error("quorum_high", _("A text of higher risk cannot need fewer signers than one of lower risk."))
        if months != sorted(months, reverse=True):
            self.add_error("months_high", _("A text of higher risk cannot be reviewed later than one of lower risk."))

    def _judge_signing(self, cleaned: dict[str, Any]) -> None:
        correction, lowest = f"signers_{Review.Reason.CORRECTION}", cleaned.get(f"quorum_{Article.Risk.LOW}")
        if lowest is not None and (cleaned.get(correction) or 0) > lowest:
            words = _("A correction is the quick route: it cannot need more signers than a new text of low risk (%s).")
            self.add_error(correction, words % lowest)
        if cleaned.get("admits_missing_specialty") and not cleaned.get("specialty_required"):
            self.add_error("admits_missing_specialty", _("This applies only if a required specialty has to sign."))

    def _judge_overdue(self, cleaned: dict[str, Any]) -> None:
        noindex, hide = cleaned.get("noindex_after_days"), cleaned.get("hide_after_days")
        if noindex is not None and hide is not None and noindex > hide:
            self.add_error("noindex_after_days", _("Search engines must be told before the text is hidden, not after."))

    def _judge_reminders(self, cleaned: dict[str, Any]) -> None:
        due = cleaned.get("due_days")
        if due is not None and any(not 0 < day < due for day in cleaned.get("reminder_days", [])):
            words = ngettext(
                "A reminder is sent after somebody is asked and before the review is due: less than %s day before.",
                "A reminder is sent after somebody is asked and before the review is due: 1 to %s days before.",
                due - 1,
            )
            self.add_error("reminder_days", words % (due - 1))

    def _judge_evidence(self, cleaned: dict[str, Any]) -> None:
        watch = _by_risk(cleaned, "watch")
        if watch != sorted(watch, reverse=True):
            words = _("The sources of a higher-risk text cannot be checked less often than those of a lower-risk text.")
            self.add_error("watch_high", words)
        warn, block = cleaned.get("warn_grade"), cleaned.get("block_grade")
        if warn is not None and block is not None and warn > block:
            self.add_error(
                "warn_grade",
                _("The grade at which authors are warned cannot be above the grade at which a text is too hard."),
            )

    def _judge_findings(self, cleaned: dict[str, Any]) -> None:
        """What comes in by a list of its own must not become an approved text with it."""
        if not {"blocks_submit", "blocks_approve"} <= set(cleaned):
            return
        let_in = {
            rule
            for reason in policy_text.REASONS_OF_NEW_TEXTS
            if cleaned.get(f"own_{reason}")
            for rule in set(cleaned["blocks_submit"]) - set(cleaned.get(f"blocks_{reason}", []))
        }
        loose = [rule_words(rule) for rule in RULES if rule in let_in - set(cleaned["blocks_approve"])]
        if loose:
            words = _("Some texts may be submitted with these findings, so the findings must block approval: %s.")
            self.add_error("blocks_approve", words % "; ".join(loose))

    def version(self) -> EditorialPolicy:
        """Return the version that was filled in, not saved; its number comes with its adoption."""
        cleaned = self.cleaned_data
        policy = EditorialPolicy(version=self.current.version + 1, **{name: cleaned[name] for name in _PLAIN})
        for name in policy_text.LEGAL_TEXTS:
            setattr(policy, name, _kept(cleaned[name], getattr(self.current, name)))
        policy.quorum = {risk: cleaned[f"quorum_{risk}"] for risk in _RISKS}
        policy.rereview_months = {risk: cleaned[f"months_{risk}"] for risk in _RISKS}
        policy.watch_days = {risk: cleaned[f"watch_{risk}"] for risk in _RISKS}
        policy.warns_at_top = _same(cleaned["warns_at_top"], self.current.warns_at_top)
        policy.quorum_by_reason = {
            reason: cleaned[f"signers_{reason}"] for reason in Review.Reason.values if cleaned[f"signers_{reason}"]
        }
        policy.reminder_days = cleaned["reminder_days"]
        policy.blocks_submit = _same(cleaned["blocks_submit"], self.current.blocks_submit)
        policy.blocks_approve = _same(cleaned["blocks_approve"], self.current.blocks_approve)
        before = self.current.blocks_submit_by_reason
        policy.blocks_submit_by_reason = {
            reason.value: _same(cleaned[f"blocks_{reason}"], before.get(reason.value, []))
            for reason in policy_text.REASONS_OF_NEW_TEXTS
            if cleaned[f"own_{reason}"]
        }
        return policy


def _by_risk(cleaned: dict[str, Any], kind: str) -> list[int]:
    """Return a row of numbers from low risk to high; none when one of them could not be read."""
    names = [f"{kind}_{risk}" for risk in _RISKS]
    return [cleaned[name] for name in names] if set(names) <= set(cleaned) else []


def _kept(sent: str, present: str) -> str:
    """Return a text as written; one that only a browser's line ends changed stays as it is."""
    text = "\n".join(sent.splitlines()).strip()
    return present if text == present.strip() else text


def _same(sent: list[str], present: list[str]) -> list[str]:
    """Return a list of findings; one that only another order tells from the present stays as it is."""
    return present if set(sent) == set(present) else sent


def _offer(field: forms.Field, present: list[str]) -> None:
    """Offer the findings that checks know, and those the version in force names though no check finds them now.

    What always blocks is no choice.
    """
    assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (both callers')
    field.choices = [(rule, rule_words(rule)) for rule in dict.fromkeys((*RULES, *present)) if rule not in ALWAYS_BLOCK]


def _initial(current: EditorialPolicy) -> dict[str, Any]:
    """Return the version in force as the form shows it. Whom the next one binds, and why it comes, is said anew."""
    initial: dict[str, Any] = {name: getattr(current, name) for name in _PLAIN}
    initial |= {"change_note": "", "binds_open_reviews": False, "binds_published": False, "seen": current.version}
    initial |= {f"quorum_{risk}": current.signers_needed(risk=risk, reason="") for risk in _RISKS}
    initial |= {f"months_{risk}": current.months_to_rereview(risk) for risk in _RISKS}
    initial |= {f"watch_{risk}": current.days_to_check(risk) for risk in _RISKS}
    initial |= {"warns_at_top": current.warns_at_top}
    initial |= {f"signers_{reason}": number for reason, number in current.quorum_by_reason.items()}
    initial |= {"reminder_days": ", ".join(str(day) for day in current.reminder_days)}
    initial |= {"blocks_submit": current.blocks_submit, "blocks_approve": current.blocks_approve}
    for reason, rules in current.blocks_submit_by_reason.items():
        initial |= {f"own_{reason}": True, f"blocks_{reason}": rules}
    return initial
