"""The forms of the editorial desk: drafts, sources and glossary terms."""
