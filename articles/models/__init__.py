"""The records of what is published."""

from articles.models.draft import Article, Audience, FormerSlug, Section, Specialty, Topic
from articles.models.glossary import GlossaryTerm, TermUse
from articles.models.imported import ImportedPage
from articles.models.look_ups import LookUp
from articles.models.publication import Publication
from articles.models.revision import DraftOrigin, Rendering, Revision
from articles.models.source_import import SourceImport, SourceImportRecord
from articles.models.sources import Citation, Extract, Source, SourceUpdate

__all__ = [
    "Article",
    "Audience",
    "Citation",
    "DraftOrigin",
    "Extract",
    "FormerSlug",
    "GlossaryTerm",
    "ImportedPage",
    "LookUp",
    "Publication",
    "Rendering",
    "Revision",
    "Section",
    "Source",
    "SourceImport",
    "SourceImportRecord",
    "SourceUpdate",
    "Specialty",
    "TermUse",
    "Topic",
]
