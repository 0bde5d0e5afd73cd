"""The tags and types of RIS, and what each is in CSL-JSON."""

KNOWN = frozenset(
    (
        "TY", "ID", "A1", "A2", "A3", "A4", "AU", "AB", "AD", "AN", "AV", "BT", "C1", "C2", "C3", "C4", "C5", "C6",
        "C7", "C8", "CA", "CN", "CP", "CT", "CY", "DA", "DB", "DO", "DP", "ED", "EP", "ER", "ET", "IS", "J1", "J2",
        "JA", "JF", "JO", "KW", "L1", "L2", "L3", "L4", "LA", "LB", "LK", "M1", "M2", "M3", "N1", "N2", "NV", "OP",
        "PB", "PP", "PY", "RI", "RN", "RP", "SE", "SN", "SP", "ST", "T1", "T2", "T3", "TA", "TI", "TT", "U1", "U2",
        "U3", "U4", "U5", "UR", "VL", "VO", "XC", "Y1", "Y2",
    )
)  # fmt: skip
# The first name of a CSL type is the one written for it.
TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "EJOU": "article-journal", "JFULL": "article-journal",
    "INPR": "article-journal", "ABST": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "SER": "book", "CHAP": "chapter", "ECHAP": "chapter",
    "CPAPER": "paper-conference", "CONF": "paper-conference", "RPRT": "report", "GOVDOC": "report",
    "STAND": "standard", "STD": "standard", "THES": "thesis", "ELEC": "webpage", "WEB": "webpage",
    "BLOG": "post-weblog", "DATA": "dataset", "COMP": "software", "PAT": "patent", "UNPB": "manuscript",
    "VIDEO": "motion_picture", "CASE": "legal_case", "STAT": "legislation", "BILL": "bill", "MAP": "map",
    "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "GEN": "document",
}  # fmt: skip
TYPE_NAMES = {kind: name for name, kind in reversed(TYPES.items())}
# Variable of CSL-JSON: the tags it may stand in. The first one is written.
TEXTS: dict[str, tuple[str, ...]] = {
    "id": ("ID",),
    "title": ("TI", "T1", "CT"),
    "container-title": ("JF", "T2", "JO", "BT"),
    "container-title-short": ("JA", "J2", "J1", "JO"),
    "title-short": ("ST",),
    "collection-title": ("T3",),
    "volume": ("VL", "VO"),
    "issue": ("IS", "CP"),
    "publisher": ("PB",),
    "publisher-place": ("CY", "PP"),
    "edition": ("ET",),
    "language": ("LA",),
    "genre": ("M3",),
    "call-number": ("CN",),
    "source": ("DP",),
    "number-of-volumes": ("NV",),
    "URL": ("UR", "LK"),
}
PEOPLE = {"author": ("AU", "A1"), "editor": ("ED", "A2"), "collection-editor": ("A3",), "translator": ("A4",)}
BOOKS = ("book", "chapter", "thesis", "entry-encyclopedia", "entry-dictionary")
LONG = ("AB", "N2", "N1")
