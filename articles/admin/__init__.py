"""The editorial desk of articles: drafts, sources, glossary, topics, and the records readers are shown."""

from articles.admin import article, glossary, records, source_imports, sources, topics

__all__ = ["article", "glossary", "records", "source_imports", "sources", "topics"]
