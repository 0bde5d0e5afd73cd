"""The editorial desk of articles: drafts, sources, glossary, topics, and the records readers are shown."""

from articles.admin import article, glossary, publication, source_import, sources, topics

__all__ = ["article", "glossary", "publication", "source_import", "sources", "topics"]
