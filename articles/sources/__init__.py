"""Sources of evidence: their exchange formats and what people type of them."""
