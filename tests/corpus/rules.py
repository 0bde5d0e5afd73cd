"""The rules the corpus is labelled for, each with its number in the list of checks (MEDICAL.md §7)."""

NUMBERS = {
    "claim-uncited": "S1",
    "dose-without-label": "S2",
    "dose-above-label": "S3",
    "off-label-unmarked": "S3",
    "citation-unknown": "S4",
    "citation-unresolved": "S4",
    "citation-unused": "S4",
    "citation-ambiguous": "S4",
    "source-retracted": "S5",
    "source-concern": "S5",
    "source-corrected": "S5",
    "source-unchecked": "S5",
    "source-superseded": "S6",
    "source-old": "S6",
    "source-tertiary": "R5",
    "numbers-disagree": "S7",
    "label-numbers-disagree": "S7",
    "plain-missing": "S8",
    "plain-not-revisited": "S8",
    "reading-grade": "S9",
    "reading-grade-warning": "S9",
    "jargon-unexplained": "S9",
    "sentence-long": "S9",
    "passive-voice": "S9",
    "block-missing": "S10",
    "hedging-mismatch": "S11",
    "error-prone-notation": "S12",
    "error-prone-dose": "S12",
    "contradiction": "S13",
    "quote-not-found": "S14",
    "ai-undeclared": "S17",
    "ai-unattested": "S17",
    "absolute-claim": "S18",
    "brand-name-only": "S18",
    "label-heading": "label",
    "no-section": "parts",
    "section-empty": "parts",
}

# The promise of issue 4: pooled per number, at least this precision and recall.
PROMISED = ("S2", "S4", "S5", "S7", "S14")
PRECISION = 0.95
RECALL = 0.90
