"""The pages of the review: addresses, views, the desk, its forms and its admin."""

# Verbs on an article's record without a button, an address, a view and a form.
OFFERED_TO_NOBODY = {
    "alert": "taken by the clock, or by a campaign, when a source changed",
    "warn": "taken by the clock when a source changed",
    "sign_refused": "written when a signature is refused",
    "void": "follows from the form by which signatures of a member are voided",
    "request_lowering": "follows from the form of the catalogue, or from that by which a policy is adopted",
    "bind_policy": "follows from the form by which a policy is adopted",
}
