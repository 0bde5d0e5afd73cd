"""Sample content of the demonstration: articles, updates, topics, glossary and board members as TOML data."""
