"""Drafts: how they are saved, imported, checked and frozen into revisions."""
