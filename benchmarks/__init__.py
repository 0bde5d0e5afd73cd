"""Measures what the design promises; a clock stands here and never in a test."""
