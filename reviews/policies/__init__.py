"""Versions of the editorial policy: adopted, compared, tried out before, and bound to what was begun under others."""
