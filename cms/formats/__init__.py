"""How dates are written on this site, by language."""
