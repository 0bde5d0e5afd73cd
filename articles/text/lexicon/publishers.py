"""Who publishes guidelines, labels and journals, under the names that texts give them."""

import re

# Canonical name: what texts and source records write, acronyms first. Case counts: WHO is not who.
_ORGANISATIONS = {
    "aan": "AAN|American Academy of Neurology",
    "aace": "AACE|American Association of Clinical Endocrinolog(?:y|ists)",
    "aafp": "AAFP|American Academy of Family Physicians",
    "aap": "AAP|American Academy of Pediatrics",
    "aasld": "AASLD|American Association for the Study of Liver Diseases",
    "acc": "ACC|American College of Cardiology",
    "accp": "ACCP|American College of Chest Physicians",
    "acg": "ACG|American College of Gastroenterology",
    "acog": "ACOG|American College of Obstetricians and Gynecologists",
    "acp": "ACP|American College of Physicians",
    "acr": "ACR|American College of Rheumatology",
    "ada": "ADA|American Diabetes Association",
    "aga": "AGA|American Gastroenterological Association",
    "aha": "AHA|American Heart Association",
    "ahs": "AHS|American Headache Society",
    "ahrq": "AHRQ|Agency for Healthcare Research and Quality",
    "asco": "ASCO|American Society of Clinical Oncology",
    "ash": "American Society of Hematology",
    "ats": "ATS|American Thoracic Society",
    "aua": "AUA|American Urological Association",
    "bap": "BAP|British Association for Psychopharmacology",
    "bnf": "BNF|British National Formulary",
    "bsg": "BSG|British Society of Gastroenterology",
    "bsr": "BSR|British Society for Rheumatology",
    "bts": "BTS|British Thoracic Society",
    "canmat": "CANMAT",
    "cdc": "CDC|Centers for Disease Control(?: and Prevention)?",
    "diabetes-canada": "Diabetes Canada",
    "eacts": "EACTS",
    "ean": "EAN|European Academy of Neurology",
    "easd": "EASD|European Association for the Study of Diabetes",
    "easl": "EASL|European Association for the Study of the Liver",
    "eau": "EAU|European Association of Urology",
    "efns": "EFNS|European Federation of Neurological Societies",
    "ema": "EMA|European Medicines Agency|SmPC",
    "endocrine": "Endocrine Society",
    "ers": "ERS|European Respiratory Society",
    "esc": "ESC|European Society of Cardiology",
    "escmid": "ESCMID",
    "esh": "ESH|European Society of Hypertension",
    "esmo": "ESMO|European Society for Medical Oncology",
    "eso": "ESO|European Stroke Organisation",
    "eular": "EULAR|European (?:League Against Rheumatism|Alliance of Associations for Rheumatology)",
    "fda": "FDA|(?:US )?Food and Drug Administration",
    "gina": "GINA|Global Initiative for Asthma",
    "gold": "GOLD|Global Initiative for Chronic Obstructive Lung Disease",
    "health-canada": "Health Canada",
    "hivma": "HIVMA|HIV Medicine Association",
    "hrs": "HRS|Heart Rhythm Society",
    "hypertension-canada": "Hypertension Canada",
    "iasp": "IASP|International Association for the Study of Pain",
    "idsa": "IDSA|Infectious Diseases Society of America",
    "ihs": "IHS|International Headache Society",
    "ish": "International Society of Hypertension",
    "kdigo": "KDIGO|Kidney Disease: Improving Global Outcomes",
    "mhra": "MHRA|Medicines and Healthcare products Regulatory Agency",
    "nccn": "NCCN|National Comprehensive Cancer Network",
    "neupsig": "NeuPSIG|Neuropathic Pain Special Interest Group",
    "nhs": "NHS|National Health Service",
    "nice": "NICE|National Institute for (?:Health|Clinical) (?:and Care |and Clinical )?Excellence",
    "nih": "NIH|National Institutes of Health",
    "osteoporosis": "NOGG|National Osteoporosis Guideline Group",
    "rcog": "RCOG|Royal College of Obstetricians and Gynaecologists",
    "rcp": "RCP|Royal College of Physicians",
    "sign": "SIGN|Scottish Intercollegiate Guidelines Network",
    "tga": "TGA|Therapeutic Goods Administration",
    "uspstf": r"USPSTF|(?:U\.?S\.? )?Preventive Services Task Force",
    "va": "VA/DoD|Department of Veterans Affairs",
    "who": "WHO|World Health Organi[sz]ation",
}
_JOURNALS = {
    "american-family-physician": "American Family Physician",
    "annals": "Annals of Internal Medicine|Ann Intern Med",
    "archives": "Archives of Internal Medicine",
    "bmj": "BMJ|British Medical Journal",
    "cmaj": "CMAJ|Canadian Medical Association Journal",
    "cochrane": "Cochrane",
    "diabetes-care": "Diabetes Care",
    "european-heart": "European Heart Journal",
    "jama": "JAMA",
    "jacc": "JACC|Journal of the American College of Cardiology",
    "lancet": "Lancet",
    "dynamed": "DynaMed",
    "mayo-clinic": "Mayo Clinic(?! Proc)",
    "medscape": "Medscape",
    "uptodate": "UpToDate",
    "webmd": "WebMD",
    "mayo": "Mayo Clinic Proceedings|Mayo Clin Proc",
    "nejm": "NEJM|New England Journal(?: of Medicine)?|N Engl J Med",
    "plos": "PLOS|PLoS",
}
# Societies that write guidelines together: one name beside the other is no second publication.
_TOGETHER = (
    frozenset(("acc", "aha", "accp", "hrs", "jacc")),
    frozenset(("ada", "easd", "diabetes-care")),
    frozenset(("idsa", "hivma", "escmid")),
    frozenset(("iasp", "neupsig")),
    frozenset(("esc", "esh", "eacts", "european-heart")),
    frozenset(("ats", "ers", "idsa")),
    frozenset(("acr", "eular")),
    frozenset(("bts", "sign")),
    frozenset(("aace", "endocrine")),
    frozenset(("ean", "efns", "eso")),
    frozenset(("aua", "eau")),
    frozenset(("nice", "bts", "nhs")),
    frozenset(("ahs", "ihs")),
)


def _patterns(names: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])") for name, pattern in names.items()}


_KNOWN_ORGANISATIONS = _patterns(_ORGANISATIONS)
_KNOWN_JOURNALS = _patterns(_JOURNALS)


def organisations(words: str) -> frozenset[str]:
    """Return the known organisations that these words name."""
    return frozenset(name for name, pattern in _KNOWN_ORGANISATIONS.items() if pattern.search(words))


def journals(words: str) -> frozenset[str]:
    """Return the known journals that these words name."""
    return frozenset(name for name, pattern in _KNOWN_JOURNALS.items() if pattern.search(words))


def is_digest(names: frozenset[str]) -> bool:
    """Say whether these name a work of reference, which no society publishes in."""
    return not names.isdisjoint(("dynamed", "mayo-clinic", "medscape", "uptodate", "webmd"))


def may_be_one(these: frozenset[str], those: frozenset[str]) -> bool:
    """Say whether two sets of names may stand for one publication: a name in common, or who publish together."""
    return bool(these & those) or any(group & these and group & those for group in _TOGETHER)
