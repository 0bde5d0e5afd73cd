"""Markdown of articles to safe HTML: pure functions of the content."""
