"""Every verb that an event may carry, by the chain it stands on: what is not here can be neither recorded nor folded.

Where else a verb has to be known is listed in `docs/workflow.md`.
"""

ON_ARTICLE = frozenset(
    (
        # The table of the workflow.
        *("submit", "correct", "merge", "assign", "accept", "decline", "release", "extend", "rule", "approve"),
        *("rescind", "request_changes", "reject", "recall", "waive", "rereview", "alert", "warn", "suspend"),
        *("lift", "withdraw_lift", "notice", "sign_notice", "withdraw_notice", "retract", "retire"),
        # Steps that start from any state, and what follows from steps elsewhere.
        *("catalogue", "mark", "unmark", "open_thread", "comment", "resolve", "concur", "sign_refused", "void"),
        "bind_policy",
        # A lower risk class, or a topic whose specialists need not sign any more.
        *("request_lowering", "confirm_lowering", "refuse_lowering", "withdraw_lowering"),
    )
)
ON_SITE = frozenset(
    (
        # A version of the policy that asks for less; an attempt to sign by somebody who was not asked.
        *("request_lowering", "confirm_lowering", "refuse_lowering", "withdraw_lowering", "sign_refused"),
        # The policy, the record itself, sources and campaigns.
        *(
            "seal_record",
            "use_key",
            "register_article",
            "adopt_policy",
            "verify_audit",
            "record_update",
            "tell_of_source",
            "open_campaign",
            "sort_campaign",
        ),
        "close_campaign",
        # Members of the board.
        *("invite", "check_licence", "verify_guest", "set_absence", "deactivate", "reactivate"),
        *("change_member", "void_signatures"),
        # Accounts.
        *("add_person", "set_roles", "set_email", "set_name", "open_account", "close_account"),
        *("make_superuser", "send_password_link", "ask_password_link", "set_password"),
    )
)


class UnknownVerb(LookupError):
    """A verb that a place which has to know every verb knows nothing of."""
