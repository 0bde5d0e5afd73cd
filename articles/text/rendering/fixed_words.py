"""The words that the renderer itself puts into a stored body, by the language of the article.

They are not in the gettext catalogue: a Rendering is stored for good and must come out the same whatever language
happens to be active and however a translation changes later. A change here is a new RENDERING_VERSION.
"""

WORDS = {
    "en": {
        "contents": "Contents",
        "references": "References",
        "reference": "Reference {number}",
        "back": "Back to citation {letter} of reference {number}",
        "cited_at": "Cited at: {locators}.",
        "unresolved": "[source not identified]",
        "for_clinicians": "This passage was written for clinicians. It has not been put into plain language yet.",
        "off_label": "not an approved use",
        "no_text": "This section has no text yet.",
        "label": "Drug label cited: {label}.",
        "quotation": "Quoted from a drug label.",
        "quotation_of": "Quoted from the drug label: {label}.",
        "set_id": "DailyMed set id",
        "version": "version {version}",
        "effective": "effective {date}",
        "table": "Table {number}: {columns}",
        "table_plain": "Table {number}",
        "prescribing_information": "Prescribing information",
        "no_date": "n.d.",
        "no_title": "Source without a title",
        "section_guidelines": "From the Guidelines",
        "section_drug_label": "From the FDA Drug Label",
        "section_research": "From the Research",
        "section_other": "More information",
        "months": "January February March April May June July August September October November December",
    }
}


def words_in(language: str) -> dict[str, str]:
    """Return the words of a language tag such as `en` or `en-GB`; English where there are none."""
    return WORDS.get(language.partition("-")[0].lower(), WORDS["en"])
