"""S4: one citation that is made to stand for several publications."""

import pytest

from articles.text.checks import Context, citations
from tests.articles.text.checks.contents import citation, content, is_exact, section, source

NICE = source(
    title="Nerve pain in adults", csl={"author": [{"literal": "National Institute for Health and Care Excellence"}]}
)
LABEL = source("drug_label", "Pregabalin capsule [prescribing information]", country="US")
TRIAL = source(
    "study",
    "Apixaban and warfarin",
    csl={
        "author": [{"family": "Granger", "given": "C"}],
        "container-title": "New England Journal of Medicine",
        "issued": {"date-parts": [[2011]]},
    },
)
REVIEW = source("review", "Gabapentin for pain", csl={"container-title": "Cochrane Database of Systematic Reviews"})


def ambiguous(of, *texts):
    written = content(*(section(text, text) for text in texts), citations=(citation("a", of),))
    found = [one for one in citations.check(written, Context()) if one.rule == "citation-ambiguous"]
    assert all(is_exact(one, written) for one in found)
    return [one.words for one in found if one.audience == "professional"]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("NICE recommends it [@a].", "The AAN guideline agrees [@a]."), "The AAN guideline"),
        (("As the FDA label states, take 5 mg [@a].", "The guideline recommends 10 mg [@a]."), "The guideline"),
        (("The Harbour trial found less [@a]. The Maple trial found more [@a].",), "The Maple trial"),
        (("Smith et al. found it [@a]. Jones and colleagues did not [@a].",), "Jones and colleagues"),
        (("The 2015 guideline recommends A [@a].", "The 2021 guideline recommends B [@a]."), "The 2021 guideline"),
        (("The NICE and AAN guidelines agree [@a].",), "The NICE and AAN guidelines"),
        (("NICE recommends it and the AAN recommends it too [@a].",), "AAN"),
        (("The pregabalin label says 600 mg [@a]. The gabapentin label says 1,800 mg [@a].",), "The gabapentin label"),
    ],
)
def test_unresolved_key_of_several_publications(texts, words):
    assert ambiguous(None, *texts) == [words]


@pytest.mark.parametrize(
    "texts",
    [
        ("NICE recommends it [@a].", "The NICE guideline says more [@a]. Guidance from NICE is older [@a]."),
        ("The European Society of Cardiology guideline says so [@a]. The ESC recommends it [@a].",),
        ("The ADA and EASD consensus report says so [@a].",),
        ("NICE recommends it [@a], unlike the AAN.",),
        ("The label does not cover this, but the NICE guideline recommends it [@a].", "NICE recommends rest [@a]."),
        ("In COPD the dose is lower [@a]. In NSTEMI it is higher [@a].",),
        ("NICE recommends it [@a][@b]. The AAN recommends it [@b][@a].",),
        ("Gabapentin showed benefit [@a]. Pregabalin showed benefit [@a].",),
    ],
)
def test_key_of_one_publication(texts):
    assert ambiguous(None, *texts) == []


@pytest.mark.parametrize(
    ("of", "text", "words"),
    [
        (NICE, "The FDA label gives 600 mg [@a].", "The FDA label"),
        (NICE, "The American Academy of Neurology recommends it [@a].", "The American Academy of Neurology"),
        (LABEL, "The NICE guideline recommends less [@a].", "The NICE guideline"),
        (LABEL, "The gabapentin label allows more [@a].", "The gabapentin label"),
        (TRIAL, "Connolly et al. reported it [@a].", "Connolly et al."),
        (TRIAL, "The guideline recommends it first [@a].", "The guideline"),
        (TRIAL, "The 2004 trial enrolled few [@a].", "The 2004 trial"),
        (REVIEW, "A review in the Lancet found it [@a].", "Lancet"),
    ],
)
def test_source_cited_under_another_name(of, text, words):
    assert ambiguous(of, text) == [words]


@pytest.mark.parametrize(
    ("of", "text"),
    [
        (NICE, "NICE recommends it [@a]. The guideline adds that trials were small [@a]."),
        (LABEL, "The US label gives 600 mg [@a]. FDA labelling warns of falls [@a]."),
        (TRIAL, "In ARISTOTLE bleeding fell [@a]. The trial by Granger et al. (2011) was large [@a]."),
        (TRIAL, "Current guidelines recommend it, and a large trial confirmed the benefit [@a]."),
        (REVIEW, "A Cochrane review pooled trials such as ARISTOTLE and RE-LY [@a]."),
    ],
)
def test_source_cited_as_what_it_is(of, text):
    assert ambiguous(of, text) == []
