"""How a text earns publication: reviews, signatures, and the record of every step."""
