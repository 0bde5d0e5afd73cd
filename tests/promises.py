"""Every line of the design's table of verbs, clause by clause, with the tests that prove it.

`python -m tests.promises` writes docs/promises.md; a test keeps it fresh and looks up every name, and the tests it
names are of the suite, so that a promise without a passing test cannot land.
"""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "promises.md"

_HEAD = """\
# What each step promises, and the test that proves it

Written by `python -m tests.promises`; a test keeps it fresh. Every test named here is part of the suite that has to
pass before a change lands. Beside these, in `tests/reviews/workflow/`, `test_workflow_table.py` tries every verb in
every state as everybody, and `test_workflow_machine.py` walks all of them at random against an independent telling of
the same rules.
"""

# By verb: a clause, and where it is proved.
PROMISES: dict[str, list[tuple[str, list[str]]]] = {
    "submit": [
        (
            "freezes a revision when the text differs from the last one, and opens a review",
            [
                "articles/writing/test_freezing::test_freeze_another_text_gives_the_next_revision",
                "articles/writing/test_freezing::test_freeze_the_same_text_gives_the_same_revision",
                "reviews/workflow/test_workflow_texts::test_submit_equal_to_a_rejected_text_reviews_the_same_revision_again",
            ],
        ),
        (
            "closes an open review of an older text as superseded",
            [
                "reviews/workflow/test_workflow_handing_on::test_submit_while_a_review_is_open_supersedes_it",
            ],
        ),
        (
            "hands on people, dates, interests and the marks of unchanged sections, never a signature",
            [
                "reviews/workflow/test_workflow_handing_on::test_people_dates_interests_and_marks_of_unchanged_sections_are_handed_on",
                "reviews/workflow/test_workflow_handing_on::test_an_interest_that_waits_for_its_ruling_still_waits",
                "reviews/workflow/test_workflow_handing_on::test_a_signature_is_not_handed_on",
            ],
        ),
        (
            "hands on threads: an open remark holds the new text too",
            [
                "reviews/workflow/test_workflow_handing_on::test_open_remarks_hold_the_new_text_too",
            ],
        ),
        (
            "is refused when the text equals the approved one, or the one under review",
            [
                "reviews/workflow/test_workflow_texts::test_submit_equal_to_the_approved_text_is_refused",
                "reviews/workflow/test_workflow_handing_on::test_submit_the_text_that_is_under_review_is_refused",
            ],
        ),
        (
            "is refused on findings that the policy blocks for this reason",
            [
                "reviews/workflow/test_workflow_texts::test_submit_with_a_finding_the_policy_blocks_is_refused",
            ],
        ),
        (
            "sets a floor for the change class that a person may raise and never lower",
            [
                "articles/writing/test_wording::test_a_change_that_could_harm_is_never_minor",
                "reviews/workflow/test_workflow_texts::test_submit_takes_a_raised_change_class",
                "reviews/workflow/test_workflow_texts::test_submit_does_not_take_a_lowered_change_class",
            ],
        ),
        (
            "twice at the same moment opens one review; saved meanwhile, nothing unseen is frozen",
            [
                "services/test_races::test_submit_twice",
                "services/test_races::test_save_while_submitting",
            ],
        ),
    ],
    "correct": [
        (
            "makes a revision of the published text plus only the edits named, never of the draft",
            [
                "reviews/workflow/test_workflow_correcting::test_correction_is_the_published_text_plus_only_the_words_named",
            ],
        ),
        (
            "asks for the policy's quorum for corrections",
            [
                "reviews/workflow/test_workflow_correcting::test_one_signature_publishes_a_correction_and_opens_its_second_review",
                "reviews/workflow/test_workflow_correcting::test_correction_with_the_ordinary_number_of_signers_needs_no_second_review",
            ],
        ),
        (
            "with fewer signers than the risk asks for, opens a second review; readers are told of both",
            [
                "reviews/workflow/test_workflow_correcting::test_one_signature_publishes_a_correction_and_opens_its_second_review",
                "reviews/workflow/test_workflow_correcting::test_second_review_counts_who_signed_the_correction_and_ends_it",
                "reviews/workflow/test_workflow_correcting::test_second_review_that_is_late_takes_the_badge",
            ],
        ),
        (
            "supersedes an open review, whose people come back with the next submit",
            [
                "reviews/workflow/test_workflow_correcting::test_correct_supersedes_the_open_review_of_an_update",
                "reviews/workflow/test_workflow_correcting::test_people_and_marks_of_an_update_come_back_with_its_next_submit",
            ],
        ),
        (
            "the draft is merged afterwards, by a three-way merge an editor confirms",
            [
                "reviews/workflow/test_workflow_correcting::test_merge_keeps_what_the_draft_changed_and_takes_the_correction",
                "reviews/workflow/test_workflow_correcting::test_submit_is_refused_until_the_correction_is_in_the_draft",
                "articles/text/test_merging::test_two_changes_of_the_same_words_are_left_to_a_person",
            ],
        ),
        (
            "is an editor's step, and its author signs nothing of it",
            [
                "reviews/workflow/test_workflow_correcting::test_correct_by_an_author_is_refused",
                "reviews/workflow/test_workflow_correcting::test_corrector_is_a_contributor_and_so_cannot_sign",
            ],
        ),
        (
            "against the last signature on an update has one outcome",
            [
                "services/test_races::test_correct_against_approve",
            ],
        ),
    ],
    "assign": [
        (
            "takes an active, licensed, present member who is no contributor and not excluded",
            [
                "reviews/workflow/test_workflow_assigning::test_assign_somebody_who_cannot_is_refused",
                "reviews/workflow/test_workflow_assigning::test_assign_on_the_last_day_of_a_licence_and_the_day_after_an_absence",
                "reviews/workflow/test_workflow_assigning::test_assign_who_wrote_words_is_refused",
                "reviews/workflow/test_workflow_interests::test_rule_excluded_ends_the_assignment_for_every_text_of_the_article",
            ],
        ),
        (
            "a guest only after an editor has verified them",
            [
                "reviews/people/test_board_guests::test_guest_whom_nobody_verified_is_not_asked",
                "reviews/people/test_board_guests::test_guest_takes_no_review_unasked",
            ],
        ),
        (
            "against a deactivation leaves nothing open with who left",
            [
                "services/test_races::test_assign_against_deactivate",
            ],
        ),
    ],
    "accept": [
        (
            "asks for a disclosure: one tap while the standing one holds",
            [
                "reviews/workflow/test_workflow_interests::test_accept_with_a_standing_statement_is_done",
                "reviews/workflow/test_workflow_interests::test_accept_without_a_statement_of_this_year_is_refused",
                "reviews/web/test_steps::test_accept_with_the_standing_statement_is_one_tap",
            ],
        ),
        (
            "an interest waits for an editor's ruling",
            [
                "reviews/workflow/test_workflow_interests::test_accept_with_an_interest_waits_for_a_ruling",
                "reviews/workflow/test_workflow_interests::test_who_waits_for_a_ruling_neither_marks_nor_signs",
            ],
        ),
        (
            "the first acceptance puts the text under review",
            [
                "reviews/workflow/test_workflow_table::test_every_verb_and_role_in",
                "reviews/record/test_what_readers_see::test_what_readers_see",
            ],
        ),
    ],
    "decline": [
        (
            "asks for kind and reason",
            [
                "reviews/workflow/test_workflow_interests::test_decline_without_kind_or_reason_is_refused",
            ],
        ),
        (
            "the last one leaving returns the text to submitted",
            [
                "reviews/workflow/test_workflow_interests::test_decline_by_the_last_one_returns_the_text_to_submitted",
                "reviews/workflow/test_workflow_interests::test_decline_by_one_of_two_leaves_the_text_under_review",
            ],
        ),
    ],
    "release, extend": [
        (
            "release lets a member go who has not signed; the last one leaving returns the text to submitted",
            [
                "reviews/workflow/test_workflow_waiting::test_release_of_the_last_at_work_returns_the_text_to_submitted",
                "reviews/workflow/test_workflow_waiting::test_who_has_signed_is_not_released",
            ],
        ),
        (
            "threads of a released member may be resolved by an editor",
            [
                "reviews/workflow/test_workflow_waiting::test_editor_settles_the_remark_of_a_released_member",
            ],
        ),
        (
            "extend gives more time, never less",
            [
                "reviews/workflow/test_workflow_waiting::test_extend_moves_the_date_of_the_member_and_the_review",
                "reviews/workflow/test_workflow_waiting::test_extend_to_an_earlier_day_is_refused",
            ],
        ),
    ],
    "approve": [
        (
            "asks for the password again, checked before the transaction; a wrong one is on the record",
            [
                "reviews/workflow/test_workflow_board::test_approve_with_a_wrong_password_is_on_the_record_and_writes_nothing_else",
                "reviews/record/test_signing::test_authenticate_another_password_is_refused",
            ],
        ),
        (
            "names the digest of exactly the text under review",
            [
                "reviews/workflow/test_workflow_board::test_approve_another_digest_is_refused",
                "reviews/record/test_signing::test_signature_covers_every_column_of_a_decision",
            ],
        ),
        (
            "covers the sections the member marked, named in the statement",
            [
                "reviews/workflow/test_workflow_board::test_approve_without_a_mark_is_refused",
                "reviews/workflow/test_workflow_board::test_approve_names_what_it_covers_and_where_it_stands",
            ],
        ),
        (
            "is refused while a blocking thread is open",
            [
                "reviews/workflow/test_workflow_board::test_approve_with_an_open_blocking_remark_is_refused",
            ],
        ),
        (
            "makes a text approved when every section has the policy's signers and the specialties required",
            [
                "reviews/rules/test_quorum::test_quorum_by_risk",
                "reviews/rules/test_quorum::test_specialty_must_be_on_every_section",
                "reviews/rules/test_quorum::test_each_topic_needs_its_own_specialty",
            ],
        ),
        (
            "without a specialty that nobody on the board has, only when the policy admits it, and the page says so",
            [
                "reviews/people/test_board_guests::test_missing_specialty_blocks_unless_the_policy_admits_it",
                "reviews/people/test_board_guests::test_missing_specialty_does_not_block_and_is_named",
            ],
        ),
        (
            "two last signatures, or one against a recall, a suspension or a retraction, have one outcome",
            [
                "services/test_races::test_two_last_signatures",
                "services/test_races::test_sign_against_recall",
                "services/test_races::test_sign_against_taking_the_page_from_readers",
            ],
        ),
        (
            "stands when Redis is down; all of it or nothing when PostgreSQL restarts",
            [
                "services/test_faults::test_approval_stands_without_redis_and_the_mail_goes_when_it_is_back",
                "services/test_faults::test_postgresql_restarted_in_the_middle_of_a_step_leaves_all_of_it_or_nothing",
            ],
        ),
    ],
    "rescind": [
        (
            "until the review closes; a new decision supersedes the old one",
            [
                "reviews/workflow/test_workflow_board::test_rescind_takes_a_signature_out_of_the_quorum",
                "reviews/workflow/test_workflow_board::test_approve_again_after_taking_it_back",
                "reviews/workflow/test_workflow_waiting::test_a_request_can_be_taken_back_while_others_are_waited_for",
            ],
        ),
    ],
    "request changes": [
        (
            "needs words, which become a blocking comment",
            [
                "reviews/workflow/test_workflow_board::test_request_changes_without_words_is_refused",
                "reviews/workflow/test_workflow_path::test_changes_requested_then_approved",
            ],
        ),
        (
            "closes the review, or waits until all assigned have answered if the policy says so",
            [
                "reviews/workflow/test_workflow_waiting::test_without_the_policy_the_first_request_closes_the_review",
                "reviews/workflow/test_workflow_waiting::test_request_for_changes_waits_until_all_have_answered",
                "reviews/workflow/test_workflow_waiting::test_a_signature_is_an_answer_and_approves_nothing_against_a_request",
                "reviews/workflow/test_workflow_waiting::test_who_leaves_is_not_waited_for",
            ],
        ),
        (
            "asks, when the text is public, whether it is unsafe today: yes suspends",
            [
                "reviews/workflow/test_workflow_public::test_member_who_asks_for_changes_says_whether_readers_are_in_danger",
            ],
        ),
    ],
    "reject, recall": [
        (
            "end the review, with a reason; a text that readers see stays",
            [
                "reviews/workflow/test_workflow_board::test_ending_a_review_without_a_reason_is_refused",
                "reviews/record/test_what_readers_see::test_what_readers_see",
            ],
        ),
    ],
    "waive": [
        (
            "an editor's step, never on their own text, with a reason",
            [
                "reviews/workflow/test_workflow_remarks::test_waive_on_words_of_ones_own_is_refused",
                "reviews/workflow/test_workflow_remarks::test_waive_without_a_reason_is_refused",
            ],
        ),
        (
            "weighty findings also need an assigned member's concurrence",
            [
                "reviews/workflow/test_workflow_remarks::test_waiver_of_missing_plain_text_needs_a_member_to_agree",
                "reviews/workflow/test_workflow_remarks::test_concur_by_who_is_not_assigned_is_refused",
            ],
        ),
        (
            "falls when the words change",
            [
                "reviews/workflow/test_workflow_remarks::test_waiver_falls_when_the_words_change",
            ],
        ),
        (
            "signers see waivers above the statement",
            [
                "reviews/web/test_desk::test_findings_and_waivers_stand_above_the_statement",
            ],
        ),
    ],
    "rereview": [
        (
            "opens a new review of the same revision; marks do not carry",
            [
                "reviews/workflow/test_workflow_editors::test_rereview_is_of_the_same_revision_and_carries_no_marks",
            ],
        ),
        (
            "signing needs the record of what was searched when, and found",
            [
                "reviews/workflow/test_workflow_editors::test_approve_a_rereview_without_what_was_searched_is_refused",
            ],
        ),
        (
            "by the clock, before the text is out of date",
            [
                "reviews/notifications/test_clock::test_periodic_review_opens_before_the_text_is_out_of_date",
                "reviews/notifications/test_clock::test_clock_that_stood_still_for_three_days_loses_and_doubles_nothing",
            ],
        ),
        (
            "by an alert; during an open review the alert becomes a blocking thread on it",
            [
                "reviews/workflow/test_workflow_handing_on::test_alert_opens_a_review_of_the_published_text",
                "reviews/workflow/test_workflow_handing_on::test_alert_during_an_open_review_becomes_a_blocking_remark_on_it",
            ],
        ),
    ],
    "suspend, lift": [
        (
            "suspend takes one person, any editor or active board member; the text is behind a notice",
            [
                "reviews/workflow/test_workflow_public::test_suspend_takes_one_person_and_hides_the_page",
                "reviews/workflow/test_workflow_public::test_suspend_is_not_for_who_left_the_board_or_is_its_guest",
            ],
        ),
        (
            "of one section or the whole page",
            [
                "reviews/workflow/test_workflow_public::test_suspend_of_a_section_leaves_the_page_approved_and_closed_to_search_engines",
            ],
        ),
        (
            "lift takes two people, one of the board",
            [
                "reviews/workflow/test_workflow_public::test_lift_takes_two_people_one_of_the_board",
                "reviews/workflow/test_workflow_public::test_the_database_refuses_a_suspension_lifted_by_one",
            ],
        ),
        (
            "a suspended text is never published by a late quorum",
            [
                "reviews/workflow/test_workflow_public::test_suspension_leaves_an_open_review_open_and_a_late_quorum_brings_nothing_back",
                "services/test_races::test_sign_against_taking_the_page_from_readers",
            ],
        ),
        (
            "editors are told at once",
            [
                "reviews/notifications/test_notifications::test_suspension_is_told_to_everybody_it_concerns_at_once",
            ],
        ),
    ],
    "retract": [
        (
            "needs a reason and a public notice; the address answers 410",
            [
                "reviews/workflow/test_workflow_editors::test_retract_without_reason_or_notice_is_refused",
                "reviews/workflow/test_workflow_path::test_retract_makes_the_page_gone",
            ],
        ),
        (
            "back only through an approved review; a late quorum changes nothing",
            [
                "reviews/workflow/test_workflow_editors::test_retract_closes_the_open_review_and_a_late_quorum_changes_nothing",
                "reviews/workflow/test_workflow_editors::test_retracted_text_comes_back_by_an_approved_review",
            ],
        ),
    ],
    "retire": [
        (
            "an editor's step: redirect to the successor, or a notice",
            [
                "reviews/workflow/test_workflow_public::test_retire_is_for_editors",
                "reviews/workflow/test_workflow_public::test_retire_leads_to_no_text_that_readers_cannot_open",
                "reviews/workflow/test_workflow_public::test_retire_ends_an_open_review_and_a_late_signature_is_too_late",
            ],
        ),
    ],
    "notice": [
        (
            "a dated line on a section by an editor or board member, not reviewed until a member signs it",
            [
                "reviews/workflow/test_notices::test_notice_is_placed_by_one_person_and_not_signed_yet",
                "reviews/workflow/test_notices::test_notice_is_signed_by_a_member_with_the_password_again",
            ],
        ),
        (
            "falls when its section is approved in other words",
            [
                "reviews/workflow/test_notices::test_notice_falls_when_a_text_is_approved_in_which_its_section_changed",
            ],
        ),
    ],
    "void (a decision found void later)": [
        (
            "takes the badge and reopens what the signature carried; the others still count",
            [
                "reviews/people/test_voiding::test_void_takes_the_badge_and_opens_a_review_for_what_is_missing",
                "reviews/people/test_voiding::test_one_more_signature_carries_the_approval_again",
                "reviews/people/test_voiding::test_void_one_of_three_leaves_the_approval",
            ],
        ),
        (
            "runs again without doing anything twice",
            [
                "reviews/people/test_voiding::test_void_again_does_nothing_more",
            ],
        ),
    ],
    "every verb": [
        (
            "guards inside the verb: every verb, state and role, superusers included",
            [
                "reviews/workflow/test_workflow_table::test_every_verb_and_role_in",
                "reviews/workflow/test_workflow_table::test_the_tables_know_every_verb",
            ],
        ),
        (
            "a page that saw less is a conflict that says what happened",
            [
                "reviews/workflow/test_workflow_board::test_approve_an_old_page_is_refused_and_says_what_happened",
                "reviews/web/test_steps::test_submit_of_a_draft_saved_meanwhile_is_a_conflict_that_names_who_saved",
            ],
        ),
        (
            "state, decision, publication, event and deliveries are written together",
            [
                "reviews/notifications/test_notifications::test_rolled_back_step_tells_nothing",
                "services/test_faults::test_postgresql_restarted_in_the_middle_of_a_step_leaves_all_of_it_or_nothing",
            ],
        ),
        (
            "people are told after commit, at least once, by one Message-ID",
            [
                "reviews/notifications/test_deliver::test_urgent_mail_goes_out_when_the_step_is_committed",
                "services/test_faults::test_worker_killed_while_sending_sends_the_same_mail_after_its_restart",
            ],
        ),
        (
            "a refused attempt at signing is an event",
            [
                "reviews/workflow/test_workflow_board::test_approve_with_a_wrong_password_is_on_the_record_and_writes_nothing_else",
            ],
        ),
        (
            "contributor: anyone whose save changed words, order, citations, the record of a cited source, the AI "
            "declaration, blocks or reasons beyond a minor change",
            [
                "articles/writing/test_contributors::test_contributor_is_who_changed",
                "articles/writing/test_contributors::test_correction_in_between_hides_no_change_of_a_source",
                "articles/writing/test_wording::test_contributors_are_those_who_changed_words",
                "articles/writing/test_wording::test_contributors_of_a_revision_do_not_change_later",
            ],
        ),
    ],
    "who may sign (of every verb)": [
        (
            "nobody triages and signs one review, in either order; members may take a review themselves",
            [
                "reviews/rules/test_triage::test_who_triaged_a_review_cannot_sign_it",
                "reviews/rules/test_triage::test_who_signed_a_review_cannot_triage_it",
                "reviews/rules/test_triage::test_house_of_three_works",
            ],
        ),
        (
            "requirements are fixed when a review opens; a later policy may raise them",
            [
                "reviews/rules/test_requirements::test_opening_event_carries_what_the_review_asks_for",
                "reviews/rules/test_requirements::test_raised_meets_both",
                "reviews/rules/test_requirements::test_bound_version_raises_what_an_open_review_asks_for_and_says_so_on_the_record",
            ],
        ),
        (
            "lowering any requirement or a risk class takes a second editor or a board member",
            [
                "reviews/workflow/test_lowerings::test_version_that_asks_for_less_is_not_in_force_before_a_second_person_agrees",
                "reviews/workflow/test_lowerings::test_nobody_else_answers",
                "reviews/web/test_one_person_alone::test_recall_a_quorum_of_one_and_handing_in_again_needs_two_signatures_as_before",
                "services/test_lowering_races::test_confirm_against_submit",
            ],
        ),
        (
            "a signature, and the page, name the policy version that was signed under",
            [
                "reviews/web/test_one_person_alone::test_page_names_the_earliest_version_that_its_signatures_were_given_under",
            ],
        ),
        (
            "the statement prints risk class and quorum, and claims what the marks show",
            [
                "reviews/record/test_statements::test_statement_names_risk_class_and_number_of_signatures",
                "reviews/record/test_statements::test_section_marked_in_one_wording_is_not_signed_for",
            ],
        ),
    ],
    "what readers see": [
        (
            "each row of the table, in records and in pages",
            [
                "reviews/record/test_what_readers_see::test_what_readers_see",
                "reviews/record/test_what_readers_see::test_rereview_that_failed_is_not_called_an_update",
            ],
        ),
        (
            "on random walks over every verb, against an independent telling",
            [
                "reviews/workflow/test_workflow_machine::test_random_walks_keep_every_promise",
            ],
        ),
    ],
    "warn": [
        (
            "tells readers at once of a source update, at the reference and where the policy says so at the top",
            [
                "reviews/alerts/test_source_alerts::test_update_warns_readers_and_opens_a_review",
                "reviews/alerts/test_source_warnings::test_body_around_the_note_is_the_stored_one",
                "reviews/alerts/test_source_warnings::test_discussed_source_is_warned_of_in_words_that_say_so",
            ],
        ),
        (
            "is on the article's record once for each update, however often the task is killed",
            [
                "reviews/alerts/test_source_alerts::test_telling_that_was_killed_goes_on_and_does_nothing_twice",
                "reviews/alerts/test_source_alerts::test_warn_of_the_same_update_again_is_refused",
                "reviews/alerts/test_source_alerts::test_update_is_on_the_articles_record_and_the_publication_is_its_fold",
            ],
        ),
        (
            "opens reviews only where it matters, and a campaign where it is many",
            [
                "reviews/alerts/test_source_alerts::test_alert_during_an_open_review_becomes_a_blocking_remark_on_it",
                "reviews/alerts/test_source_alerts::test_new_label_version_matters_when_the_cited_sections_changed",
                "reviews/alerts/test_source_alerts::test_many_texts_become_a_campaign_and_all_readers_are_told",
            ],
        ),
        (
            "lets the marks fall of sections whose source changed its state",
            ["reviews/rules/test_marking::test_mark_falls_when_a_source_of_its_section_changed"],
        ),
    ],
}

# Verbs whose promises stand under another verb.
TOLD_UNDER = {
    "rule": "accept",
    "merge": "correct",
    "alert": "rereview",
    "withdraw_lift": "lift",
    "sign_notice": "notice",
    "withdraw_notice": "notice",
}


def verbs() -> set[str]:
    """Return the verbs that have clauses of their own; a heading may name two."""
    return {verb.replace(" ", "_") for heading in PROMISES for verb in heading.split(" (")[0].split(", ")}


def page() -> str:
    """Return the document."""
    lines = [_HEAD]
    for verb, clauses in PROMISES.items():
        lines += [f"## {verb}", "", "| Promise | Proved by |", "|---|---|"]
        lines += [f"| {clause} | {'<br>'.join(_shown(name) for name in names)} |" for clause, names in clauses]
        lines.append("")
    return "\n".join(lines)


def _shown(name: str) -> str:
    module, test = name.split("::")
    return f"[`{test}`](../tests/{module}.py)"


def missing() -> list[str]:
    """Return the names that are no test."""
    names = [name for clauses in PROMISES.values() for _clause, names in clauses for name in names]
    return [name for name in names if name.split("::")[1] not in _tests(name.split("::")[0])]


@cache
def _tests(module: str) -> frozenset[str]:
    path = ROOT / "tests" / f"{module}.py"
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
