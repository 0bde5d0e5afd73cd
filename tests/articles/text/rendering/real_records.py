"""Well-known publications as records give them, and the sources of the sample site."""

import tomllib
from pathlib import Path

from django.conf import settings

_DEMO = Path(settings.BASE_DIR) / "reviews" / "demo" / "articles"


def people(*names):
    """Return authors: `Family|Given|Suffix` is a person, anything else a group."""
    found = []
    for name in names:
        family, *rest = name.split("|")
        parts = dict(zip(("given", "suffix"), rest, strict=False))
        found.append({"family": family, **parts} if rest else {"literal": family})
    return found


def day(*parts):
    return {"date-parts": [list(parts)]}


def work(kind="article-journal", *, doi="", pmid="", **csl):
    fields = {name.replace("_", "-"): value for name, value in csl.items()}
    return {"kind": "other", "doi": doi, "pmid": pmid, "csl": {"id": "x", "type": kind, **fields}}


def demo():
    """Return the sources of the sample articles by their keys."""
    texts = (tomllib.loads(path.read_text()) for path in sorted(_DEMO.glob("*.toml")))
    return {source["key"]: source for text in texts for source in text["sources"]}


_LANCET = {"container_title": "The Lancet", "container_title_short": "Lancet"}
_NEJM = {"container_title": "New England Journal of Medicine", "container_title_short": "N Engl J Med"}
_BMJ = {"container_title": "BMJ", "container_title_short": "BMJ"}
_PLOS = {"container_title": "PLoS Medicine", "container_title_short": "PLoS Med"}

KNOWN = {
    "watson1953": work(
        author=people("Watson|J. D.", "Crick|F. H. C."),
        title="Molecular structure of nucleic acids; a structure for deoxyribose nucleic acid",
        container_title="Nature",
        container_title_short="Nature",
        issued=day(1953, 4, 25),
        volume="171",
        issue="4356",
        page="737–738",
        doi="10.1038/171737a0",
        pmid="13054692",
    ),
    "sprint": work(
        author=people(
            *("Wright|Jackson T|Jr.", "Williamson|Jeff D", "Whelton|Paul K", "Snyder|Joni K", "Sink|Kaycee M"),
            *("Rocco|Michael V", "Reboussin|David M", "SPRINT Research Group"),
        ),
        title="A Randomized Trial of Intensive versus Standard Blood-Pressure Control",
        **_NEJM,
        issued=day(2015, 11, 26),
        volume=373,
        issue=22,
        page="2103-16",
        doi="10.1056/NEJMoa1511939",
        pmid="26551272",
    ),
    "prisma2009": work(
        author=people(
            "Moher|David", "Liberati|Alessandro", "Tetzlaff|Jennifer", "Altman|Douglas G.", "The PRISMA Group"
        ),
        title="Preferred reporting items for systematic reviews and meta-analyses: the PRISMA statement",
        **_PLOS,
        issued=day(2009, 7, 21),
        volume="6",
        issue="7",
        page="e1000097",
        doi="10.1371/journal.pmed.1000097",
        pmid="19621072",
    ),
    "prisma2020": work(
        author=people(
            *("Page|Matthew J", "McKenzie|Joanne E", "Bossuyt|Patrick M", "Boutron|Isabelle", "Hoffmann|Tammy C"),
            *("Mulrow|Cynthia D", "Shamseer|Larissa"),
        ),
        title="The PRISMA 2020 statement: an updated guideline for reporting systematic reviews",
        **_BMJ,
        issued=day(2021, 3, 29),
        volume="372",
        page="n71",
        doi="10.1136/bmj.n71",
        pmid="33782057",
    ),
    "grade2008": work(
        author=people(
            *("Guyatt|Gordon H", "Oxman|Andrew D", "Vist|Gunn E", "Kunz|Regina", "Falck-Ytter|Yngve"),
            *("Alonso-Coello|Pablo", "Schünemann|Holger J", "GRADE Working Group"),
        ),
        title="GRADE: an emerging consensus on rating quality of evidence and strength of recommendations",
        **_BMJ,
        issued=day(2008, 4, 26),
        volume="336",
        issue="7650",
        page="924-926",
        doi="10.1136/bmj.39489.470347.AD",
        pmid="18436948",
    ),
    "wakefield1998": work(
        author=people(
            *("Wakefield|AJ", "Murch|SH", "Anthony|A", "Linnell|J", "Casson|DM", "Malik|M", "Berelowitz|M"),
            *("Dhillon|AP", "Thomson|MA", "Harvey|P", "Valentine|A", "Davies|SE", "Walker-Smith|JA"),
        ),
        title="RETRACTED: Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental "
        "disorder "
        "in children",
        **_LANCET,
        issued=day(1998, 2),
        volume="351",
        issue="9103",
        page="637-641",
        doi="10.1016/s0140-6736(97)11096-0",
        pmid="9500320",
    ),
    "bnt162b2": work(
        author=people(
            *("Polack|Fernando P.", "Thomas|Stephen J.", "Kitchin|Nicholas", "Absalon|Judith", "Gurtman|Alejandra"),
            *("Lockhart|Stephen", "Perez|John L.", "C4591001 Clinical Trial Group"),
        ),
        title="Safety and Efficacy of the BNT162b2 mRNA Covid-19 Vaccine",
        **_NEJM,
        issued=day(2020, 12, 31),
        volume="383",
        issue="27",
        page="2603-2615",
        doi="10.1056/NEJMoa2034577",
        pmid="33301246",
    ),
    "bnt162b2-online": work(
        author=people("Polack|Fernando P.", "Thomas|Stephen J.", "Kitchin|Nicholas"),
        title="Safety and Efficacy of the BNT162b2 mRNA Covid-19 Vaccine",
        **_NEJM,
        issued=day(2020, 12, 10),
        doi="10.1056/NEJMoa2034577",
    ),
    "ioannidis2005": work(
        author=people("Ioannidis|John P. A."),
        title="Why most published research findings are false",
        **_PLOS,
        issued=day(2005, 8, 30),
        volume="2",
        issue="8",
        page="e124",
        doi="10.1371/journal.pmed.0020124",
        pmid="16060722",
    ),
    "consort2010": work(
        author=people("Schulz|Kenneth F", "Altman|Douglas G", "Moher|David", "CONSORT Group"),
        title="CONSORT 2010 statement: updated guidelines for reporting parallel group randomised trials",
        **_BMJ,
        issued=day(2010, 3, 23),
        volume="340",
        number="c332",
        doi="10.1136/bmj.c332",
        pmid="20332509",
    ),
    "strobe2007": work(
        author=[
            {"family": "Elm", "given": "Erik", "non-dropping-particle": "von"},
            *people("Altman|Douglas G", "Egger|Matthias", "Pocock|Stuart J", "Gøtzsche|Peter C"),
            *people("Vandenbroucke|Jan P", "STROBE Initiative"),
        ],
        title="The Strengthening the Reporting of Observational Studies in Epidemiology (STROBE) statement: guidelines "
        "for reporting observational studies",
        **_LANCET,
        issued=day(2007, 10, 20),
        volume="370",
        issue="9596",
        page="1453-7",
        doi="10.1016/S0140-6736(07)61602-X",
        pmid="18064739",
    ),
    "cockcroft1976": work(
        author=people("Cockcroft|D.W.", "Gault|M.H."),
        title="Prediction of creatinine clearance from serum creatinine",
        container_title="Nephron",
        container_title_short="Nephron",
        issued=day(1976),
        volume="16",
        issue="1",
        page="31-41",
        doi="10.1159/000180580",
        pmid="1244564",
    ),
    "folstein1975": work(
        author=people("Folstein|Marshal F.", "Folstein|Susan E.", "McHugh|Paul R."),
        title="“Mini-mental state”. A practical method for grading the cognitive state of patients for the clinician",
        container_title="Journal of Psychiatric Research",
        container_title_short="J. Psychiatr. Res.",
        issued=day(1975, 11),
        volume="12",
        issue="3",
        page="189-198",
        doi="10.1016/0022-3956(75)90026-6",
        pmid="1202204",
    ),
    "ckdepi2009": work(
        author=people(
            *(
                "Levey|Andrew S",
                "Stevens|Lesley A",
                "Schmid|Christopher H",
                "Zhang|Yaping Lucy",
                "Castro|Alejandro F|III",
            ),
            *("Feldman|Harold I", "Kusek|John W"),
            "CKD-EPI (Chronic Kidney Disease Epidemiology Collaboration)",
        ),
        title="A new equation to estimate glomerular filtration rate",
        container_title="Annals of Internal Medicine",
        container_title_short="Ann Intern Med",
        issued=day(2009, 5, 5),
        volume="150",
        issue="9",
        page="604-612",
        doi="10.7326/0003-4819-150-9-200905050-00006",
        pmid="19414839",
    ),
    "ada2024": work(
        author=people("American Diabetes Association Professional Practice Committee"),
        title="2. Diagnosis and Classification of Diabetes: Standards of Care in Diabetes—2024",
        container_title="Diabetes Care",
        container_title_short="Diabetes Care",
        issued=day(2024, 1, 1),
        volume="47",
        issue="Supplement_1",
        page="S20-S42",
        doi="10.2337/dc24-S002",
        pmid="38078589",
    ),
    "whelton2018": work(
        author=people(
            *("Whelton|Paul K.", "Carey|Robert M.", "Aronow|Wilbert S.", "Casey|Donald E.|Jr", "Collins|Karen J."),
            *("Dennison Himmelfarb|Cheryl", "DePalma|Sondra M."),
        ),
        title="2017 ACC/AHA/AAPA/ABC/ACPM/AGS/APhA/ASH/ASPC/NMA/PCNA Guideline for the Prevention, Detection, "
        "Evaluation, "
        "and Management of High Blood Pressure in Adults",
        container_title="Journal of the American College of Cardiology",
        container_title_short="J Am Coll Cardiol",
        issued=day(2018, 5),
        volume="71",
        issue="19",
        page="e127-e248",
        doi="10.1016/j.jacc.2017.11.006",
        pmid="29146535",
    ),
    "lowenberg2009": work(
        author=people(
            *("Löwenberg|Bob", "Ossenkoppele|Gert J", "van Putten|Wim", "Schouten|Harry C", "Graux|Carlos"),
            *("Ferrant|Augustin", "Sonneveld|Pieter", "Swiss Group for Clinical Cancer Research Collaborative Group"),
            "German Acute Myeloid Leukemia Study Group",
        ),
        title="High-dose daunorubicin in older patients with acute myeloid leukemia",
        **_NEJM,
        issued=day(2009, 9, 24),
        volume="361",
        issue="13",
        page="1235-1248",
        doi="10.1056/NEJMoa0901409",
        pmid="19776405",
    ),
    "recovery-preprint": work(
        "article",
        author=people("Horby|Peter", "Lim|Wei Shen", "Emberson|Jonathan", "RECOVERY Collaborative Group"),
        title="Effect of Dexamethasone in Hospitalized Patients with COVID-19: Preliminary Report",
        publisher="medRxiv",
        issued=day(2020, 6, 22),
        doi="10.1101/2020.06.22.20137273",
    ),
    "goodman-gilman": work(
        "book",
        editor=people("Brunton|Laurence L.", "Knollmann|Björn C."),
        title="Goodman & Gilman's The Pharmacological Basis of Therapeutics",
        edition="14",
        publisher="McGraw Hill",
        issued=day(2023),
    ),
    "ama-manual": work(
        "book",
        author=people(
            *("Christiansen|Stacy L", "Iverson|Cheryl", "Flanagin|Annette", "Livingston|Edward H", "Fischer|Lauren"),
            *("Manno|Christine", "Gregoline|Brenda"),
        ),
        title="AMA Manual of Style: A Guide for Authors and Editors",
        edition="11th",
        publisher="Oxford University Press",
        issued=day(2020),
    ),
    "citing-medicine": work(
        "book",
        author=people("Patrias|Karen"),
        editor=people("Wendling|Dan"),
        title="Citing Medicine: The NLM Style Guide for Authors, Editors, and Publishers",
        edition=2,
        publisher="National Library of Medicine (US)",
        publisher_place="Bethesda (MD)",
        issued=day(2007),
        accessed=day(2025, 6, 10),
        URL="https://www.ncbi.nlm.nih.gov/books/NBK7256/",
    ),
    "nice-ng136": work(
        "report",
        author=people("National Institute for Health and Care Excellence"),
        title="Hypertension in adults: diagnosis and management",
        publisher="NICE",
        issued=day(2019, 8, 28),
        accessed=day(2025, 6, 10),
        URL="https://www.nice.org.uk/guidance/ng136",
    ),
    "who-malaria": work(
        "book",
        author=people("World Health Organization"),
        title="Guidelines for the treatment of malaria",
        edition="3",
        publisher="World Health Organization",
        publisher_place="Geneva",
        issued=day(2015),
    ),
    "cdc-zika": work(
        "webpage",
        title="Zika travel information",
        container_title="Centers for Disease Control and Prevention",
        issued=day(2016, 1, 26),
        accessed=day(2019, 6, 18),
        URL="https://wwwnc.cdc.gov/travel/page/zika-travel-information",
    ),
}
