"""The fields and types of BibTeX and BibLaTeX, and what each is in CSL-JSON."""

# The first name of a CSL type is the one written for it.
TYPES = {
    "article": "article-journal", "book": "book", "collection": "book", "proceedings": "book", "mvbook": "book",
    "reference": "book", "incollection": "chapter", "inbook": "chapter", "suppbook": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "techreport": "report", "report": "report",
    "manual": "report", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "webpage": "webpage", "unpublished": "manuscript",
    "booklet": "pamphlet", "dataset": "dataset", "software": "software", "patent": "patent", "standard": "standard",
    "inreference": "entry-encyclopedia", "misc": "document",
}  # fmt: skip
TYPE_NAMES = {kind: name for name, kind in reversed(TYPES.items())}
GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
# Variable of CSL-JSON: the fields it may stand in. The first one is written.
TEXTS: dict[str, tuple[str, ...]] = {
    "title-short": ("shorttitle",),
    "container-title-short": ("shortjournal", "journalabbr", "journal-iso"),
    "collection-title": ("series",),
    "volume": ("volume",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("address", "location"),
    "edition": ("edition",),
    "language": ("language", "langid"),
    "genre": ("type",),
    "version": ("version",),
    "abstract": ("abstract",),
    "note": ("note",),
    "annote": ("annote", "annotation"),
    "keyword": ("keywords", "keyword"),
    "status": ("pubstate",),
    "chapter-number": ("chapter",),
    "number-of-volumes": ("volumes",),
    "original-title": ("origtitle",),
}
ADDRESSES: dict[str, tuple[str, ...]] = {
    "URL": ("url",),
    "ISSN": ("issn",),
    "ISBN": ("isbn",),
    "PMID": ("pmid",),
    "PMCID": ("pmcid", "pmc"),
}
PEOPLE = ("author", "editor", "translator")
CONTAINERS = ("journal", "journaltitle", "booktitle")
NUMBERS = ("eid", "article-number", "articleno", "elocation-id")
SERIAL = ("article-journal", "article-magazine", "article-newspaper")
