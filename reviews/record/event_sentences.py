"""Says in words what happened: one sentence an Event.

A sentence never tells what an interest is, why a member declined, or what a remark says. That somebody has an
interest at all is told to those alone who may see disclosures.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from articles.models import Article, SourceUpdate
from reviews.models import CampaignItem, Event, Review, Ruling, Voiding
from reviews.record import event_chain

Headings = Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One event in words."""

    sentence: str
    at: datetime
    sequence: int


def entries(
    events: Iterable[Event], headings: Headings | None = None, *, includes_interests: bool = False
) -> list[Entry]:
    """Return events in words, in the order given; `headings` names sections by key.

    Of one that is not as it was recorded only that is told, never its words.
    """
    return [
        Entry(
            sentence(event, headings, includes_interests=includes_interests)
            if event_chain.is_whole(event)
            else _("This entry does not match the record."),
            event.at,
            event.sequence,
        )
        for event in events
    ]


def sentence(event: Event, headings: Headings | None = None, *, includes_interests: bool = False) -> str:
    """Return what an event says, with the name its actor had then.

    Every verb has words. One that was put into a record by other means is named as it is: who looks into it has to
    see it, and the verification says that it is none of ours.
    `includes_interests` is for readers who may see disclosures.
    """
    tell = _SENTENCES.get(event.verb)
    if not includes_interests and (event.verb == "rule" or (event.verb == "accept" and event.data.get("interests"))):
        return _("%s decided on a declaration of interests.") % event.actor_name
    if tell is None:
        return _("%(who)s: %(verb)s.") % {"who": event.actor_name, "verb": event.verb.replace("_", " ")}
    told = tell(event.actor_name, event.data, headings or {})
    return told[:1].upper() + told[1:]  # "the system" may begin a sentence


def _submit(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s submitted revision %(number)s (%(change)s).")
    told = words % {"who": who, "number": data["number"], "change": _label(Review.ChangeClass, data["change_class"])}
    return f"{told} {_closed(data)}".strip()


def _closed(data: dict[str, Any]) -> str:
    return _("The review of an older text closed with it.") if data.get("closed") else ""


def _assign(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s asked %(member)s to review.") % {"who": who, "member": data["name"]}


def _accept(who: str, data: dict[str, Any], headings: Headings) -> str:
    if data.get("interests"):
        return _("%s declared an interest and is waiting for an editor’s ruling.") % who
    return _("%s accepted the review, with no interests to declare.") % who


def _rule(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s ruled on a declared interest: %(outcome)s.")
    return words % {"who": who, "outcome": _label(Ruling.Outcome, data["outcome"])}


def _approve(who: str, data: dict[str, Any], headings: Headings) -> str:
    sections = ", ".join(f"“{section['heading']}”" for section in data["covered"])
    words = _("%(who)s signed for %(sections)s.") % {"who": who, "sections": sections}
    if data["is_complete"]:
        words = f"{words} {_('With this signature the text was approved.')}"
    if "second_review" in data:
        words = f"{words} {_('Its second review was opened.')}"
    return words


def _mark(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s marked %(section)s as accurate.") % {"who": who, "section": _section(data, headings)}


def _unmark(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s removed the mark from %(section)s.") % {"who": who, "section": _section(data, headings)}


def _open_thread(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s made a remark on %(section)s that must be settled before approval.")
    if data["kind"] != "blocking":
        words = _("%(who)s made a suggestion on %(section)s.")
    return words % {"who": who, "section": _section(data, headings)}


def _rereview(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s opened a new review of revision %(number)s.") % {"who": who, "number": data["number"]}


def _catalogue(who: str, data: dict[str, Any], headings: Headings) -> str:
    before = data["from"]
    changed = []
    if before["slug"] != data["slug"]:
        changed.append(_("address “%s”") % data["slug"])
    if before["risk"] != data["risk"]:
        changed.append(_("risk class “%s”") % _label(Article.Risk, data["risk"]))
    if before["owner"] != data["owner"]:
        changed.append(_("another author"))
    if before.get("readers") != data.get("readers"):
        changed.append(_("%s readers per month") % data["readers"])
    changed.append(_("topics %s") % (", ".join(topic["name"] for topic in data["topics"]) or _("none")))
    return _("%(who)s changed the catalogue data: %(facts)s.") % {"who": who, "facts": "; ".join(changed)}


def _correct(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s opened a correction of the published text (revision %(number)s).")
    return f"{words % {'who': who, 'number': data['number']}} {_closed(data)}".strip()


def _merge(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s merged the correction (revision %(number)s) into the draft.")
    return words % {"who": who, "number": data["number"]}


def _release(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s released %(member)s from the review.") % {"who": who, "member": data["name"]}


def _extend(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s extended the deadline of %(member)s to %(due)s.")
    return words % {"who": who, "member": data["name"], "due": date.fromisoformat(data["due"])}


def _alert(who: str, data: dict[str, Any], headings: Headings) -> str:
    if "revision" in data:
        return _("%s opened a new review: a source that the text relies on has changed.") % who
    return _("%s added a remark to the open review: a source that the text relies on has changed.") % who


def _warn(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s warned readers about “%(title)s”, which the text cites: %(kind)s.")
    return words % _of_update(who, data)


def _of_update(who: str, data: dict[str, Any]) -> dict[str, Any]:
    kind = _label(SourceUpdate.Kind, data["kind"]).lower()
    return {"who": who, "title": data["source_title"], "kind": kind}


def _tell_of_source(who: str, data: dict[str, Any], headings: Headings) -> str:
    count = data["publications"]
    words = ngettext(
        "%(who)s began to warn the readers of %(count)s text about “%(title)s”: %(kind)s.",
        "%(who)s began to warn the readers of %(count)s texts about “%(title)s”: %(kind)s.",
        count,
    )
    return words % {**_of_update(who, data), "count": count}


def _record_update(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s recorded an update of the source “%(title)s”: %(kind)s.") % _of_update(who, data)


def _void(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s voided the signature of %(member)s.") % {"who": who, "member": data["name"]}
    if data.get("still_stands", True):
        return words
    return f"{words} {_('The text is no longer approved until it is signed for again.')}"


def _request_changes(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%s asked for changes; the others have yet to answer.") % who
    if data.get("state") == Review.State.CHANGES_REQUESTED:
        words = _("%s asked for changes: the text went back to its author.") % who
    return f"{words} {_suspend(who, data, headings)}" if "suspended" in data else words


def _suspend(who: str, data: dict[str, Any], headings: Headings) -> str:
    section = _section(data["suspended"], headings)
    return _("%(who)s suspended %(section)s: readers see a notice.") % {"who": who, "section": section}


def _lift(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s agreed to lift the suspension of %(section)s.")
    if data["is_lifted"]:
        words = _("%(who)s agreed too: the suspension of %(section)s is lifted.")
    return words % {"who": who, "section": _section(data, headings)}


def _withdraw_lift(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s withdrew the agreement to lift the suspension of %(section)s.")
    return words % {"who": who, "section": _section(data, headings)}


def _retire(who: str, data: dict[str, Any], headings: Headings) -> str:
    if data["successor"]:
        words = _("%(who)s retired the page: its address redirects to “%(title)s”.")
        return words % {"who": who, "title": data["successor"]["title"]}
    return _("%s retired the page.") % who


def _notice(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s put a notice on %(section)s.") % {"who": who, "section": _section(data, headings)}


def _sign_notice(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s signed the notice on %(section)s.") % {"who": who, "section": _section(data, headings)}


def _withdraw_notice(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s withdrew the notice on %(section)s.") % {"who": who, "section": _section(data, headings)}


def _adopt_policy(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s adopted version %(version)s of the editorial policy.") % {"who": who, "version": data["policy"]}


def _verify_audit(who: str, data: dict[str, Any], headings: Headings) -> str:
    if data.get("failure"):
        return _("%s could not check the record.") % who
    if not data["faults"]:
        return _("%s checked the record and found it intact.") % who
    words = ngettext(
        "%(who)s checked the record and found %(count)s fault.",
        "%(who)s checked the record and found %(count)s faults.",
        data["faults"],
    )
    return words % {"who": who, "count": data["faults"]}


def _register_article(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s began the record of “%(title)s”.") % {"who": who, "title": data["title"]}


def _open_campaign(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s opened the campaign “%(title)s” about the source “%(source)s”.")
    return words % {"who": who, "title": data["title"], "source": data["source_title"]}


def _sort_campaign(who: str, data: dict[str, Any], headings: Headings) -> str:
    count = len(data["articles"])
    words = ngettext(
        "%(who)s decided on %(count)s text of the campaign “%(title)s”: %(decision)s.",
        "%(who)s decided on %(count)s texts of the campaign “%(title)s”: %(decision)s.",
        count,
    )
    decision = _label(CampaignItem.State, data["decision"]).lower()
    return words % {"who": who, "count": count, "title": data["title"], "decision": decision}


def _close_campaign(who: str, data: dict[str, Any], headings: Headings) -> str:
    return _("%(who)s closed the campaign “%(title)s”: every text has been dealt with.") % {
        "who": who,
        "title": data["title"],
    }


def _request_lowering(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s asked a second person to agree to lower requirements: %(lowered)s")
    return words % {"who": who, "lowered": " ".join(data["lowered"])}


def _bind_policy(who: str, data: dict[str, Any], headings: Headings) -> str:
    version: int = data["policy"]
    if data["bound"] == ["review"]:
        return _("The open review follows version %s of the editorial policy from now on.") % version
    if data["bound"] == ["dates"]:
        return _("Version %s of the editorial policy rescheduled the next review.") % version
    words = _("The open review follows version %s of the editorial policy, which rescheduled the next review.")
    return words % version


def _use_key(who: str, data: dict[str, Any], headings: Mapping[str, str]) -> str:
    return str(_("Events and signatures are made with the key %(key)s from here on.") % data)


def _invite(who: str, data: dict[str, Any], headings: Headings) -> str:
    if data["is_guest"]:
        return _("%(who)s invited %(name)s as a guest reviewer.") % {"who": who, "name": data["name"]}
    return _("%(who)s invited %(name)s to the board.") % {"who": who, "name": data["name"]}


def _check_licence(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s checked the licence of %(name)s in %(register)s and found it valid.")
    if not data["is_valid"]:
        words = _("%(who)s checked the licence of %(name)s in %(register)s and found it not valid.")
    return words % {"who": who, "name": data["name"], "register": data["register"]}


def _set_absence(who: str, data: dict[str, Any], headings: Headings) -> str:
    if not data["to"]:
        return _("%(who)s ended the absence of %(name)s.") % {"who": who, "name": data["name"]}
    first, last = (date.fromisoformat(day) for day in data["to"])
    words = _("%(who)s entered that %(name)s is away from %(first)s to %(last)s.")
    return words % {"who": who, "name": data["name"], "first": first, "last": last}


def _void_signatures(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s found the signatures of %(name)s since %(since)s to be void: %(ground)s.")
    ground = _label(Voiding.Ground, data["ground"])
    return words % {"who": who, "name": data["name"], "since": date.fromisoformat(data["since"]), "ground": ground}


def _set_roles(who: str, data: dict[str, Any], headings: Headings) -> str:
    words = _("%(who)s changed the roles of %(name)s from %(before)s to %(after)s.")
    before, after = (", ".join(data[key]) or _("none") for key in ("from", "to"))
    return words % {"who": who, "name": data["name"], "before": before, "after": after}


def _named(words: str) -> Callable[[str, dict[str, Any], Headings], str]:
    return lambda who, data, headings: _(words) % {"who": who, "name": data["name"]}


def _plainly(words: str) -> Callable[[str, dict[str, Any], Headings], str]:
    return lambda who, data, headings: _(words) % who


_SENTENCES: dict[str, Callable[[str, dict[str, Any], Headings], str]] = {
    "submit": _submit,
    "assign": _assign,
    "accept": _accept,
    "decline": _plainly(gettext_noop("%s left the review.")),
    "rule": _rule,
    "approve": _approve,
    "sign_refused": _plainly(gettext_noop("An attempt by %s to sign was refused.")),
    "rescind": _plainly(gettext_noop("%s rescinded the decision.")),
    "request_changes": _request_changes,
    "correct": _correct,
    "merge": _merge,
    "release": _release,
    "extend": _extend,
    "alert": _alert,
    "warn": _warn,
    "tell_of_source": _tell_of_source,
    "record_update": _record_update,
    "void": _void,
    "reject": _plainly(gettext_noop("%s rejected the text.")),
    "recall": _plainly(gettext_noop("%s recalled the text from review.")),
    "mark": _mark,
    "unmark": _unmark,
    "open_thread": _open_thread,
    "comment": _plainly(gettext_noop("%s answered a remark.")),
    "resolve": _plainly(gettext_noop("%s settled a remark.")),
    "waive": _plainly(gettext_noop("%s waived a finding, with a reason.")),
    "concur": _plainly(gettext_noop("%s agreed to the waiver of a finding.")),
    "rereview": _rereview,
    "suspend": _suspend,
    "lift": _lift,
    "withdraw_lift": _withdraw_lift,
    "retire": _retire,
    "notice": _notice,
    "sign_notice": _sign_notice,
    "withdraw_notice": _withdraw_notice,
    "retract": _plainly(gettext_noop("%s retracted the page.")),
    "catalogue": _catalogue,
    "adopt_policy": _adopt_policy,
    "verify_audit": _verify_audit,
    "seal_record": _plainly(gettext_noop("%s sealed what was recorded before events had seals.")),
    "use_key": _use_key,
    "register_article": _register_article,
    "bind_policy": _bind_policy,
    "request_lowering": _request_lowering,
    "confirm_lowering": _named(gettext_noop("%(who)s agreed to the lower requirements that %(name)s had asked for.")),
    "refuse_lowering": _named(gettext_noop("%(who)s refused the lower requirements that %(name)s had asked for.")),
    "withdraw_lowering": _plainly(gettext_noop("%s withdrew the request for lower requirements.")),
    "invite": _invite,
    "check_licence": _check_licence,
    "verify_guest": _named(gettext_noop("%(who)s verified %(name)s as a guest reviewer.")),
    "set_absence": _set_absence,
    "deactivate": _named(gettext_noop("%(who)s made %(name)s inactive.")),
    "reactivate": _named(gettext_noop("%(who)s made %(name)s active again.")),
    "change_member": _named(gettext_noop("%(who)s changed the entry of %(name)s.")),
    "void_signatures": _void_signatures,
    "add_person": _named(gettext_noop("%(who)s added the account of %(name)s.")),
    "set_roles": _set_roles,
    "set_email": _named(gettext_noop("%(who)s changed the e-mail address of %(name)s.")),
    "set_name": _named(gettext_noop("%(who)s changed the name of %(name)s.")),
    "open_account": _named(gettext_noop("%(who)s opened the account of %(name)s again.")),
    "close_account": _named(gettext_noop("%(who)s closed the account of %(name)s.")),
    "make_superuser": _named(gettext_noop("%(who)s made %(name)s a superuser.")),
    "send_password_link": _named(gettext_noop("%(who)s sent %(name)s a link to set a password.")),
    "ask_password_link": _named(gettext_noop("Somebody requested a link for %(name)s to set a password.")),
    "set_password": _named(gettext_noop("%(name)s set a password.")),
    "open_campaign": _open_campaign,
    "sort_campaign": _sort_campaign,
    "close_campaign": _close_campaign,
}


def _section(data: dict[str, Any], headings: Headings) -> str:
    key = data.get("section", "")
    if not key:
        return _("the whole text")
    return f"“{headings[key]}”" if key in headings else _("a section")


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value
