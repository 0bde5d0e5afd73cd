"""The editorial desk of articles: drafts, sources, glossary, topics, and the records readers are shown."""

from articles.admin import article, glossary, records, sources, topics

__all__ = ["article", "glossary", "records", "sources", "topics"]
