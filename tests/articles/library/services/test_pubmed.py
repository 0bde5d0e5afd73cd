"""PubMed's documented shapes, faults with status 200, and hostile XML."""

from datetime import date

import pytest

from articles.library.services.http import State
from articles.library.services.pmc import MOST, Converter, Identifiers
from articles.library.services.pubmed import PubMed
from tests.articles.library.services import local_server
from tests.articles.library.services.local_server import says, xml

DOCTYPE = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
CORRECTIONS = """
<CommentsCorrections RefType="RetractionIn"><RefSource>Lancet. 2010 Feb 6;375(9713):445. doi:
 10.1016/S0140-6736(10)60175-4.</RefSource><PMID Version="1">20137807</PMID></CommentsCorrections>
<CommentsCorrections RefType="ErratumIn"><RefSource>Lancet. 2004 Mar 6;363(9411):750</RefSource><Note>partial</Note>
 <PMID Version="1">15016483</PMID></CommentsCorrections>
<CommentsCorrections RefType="CommentIn"><RefSource>Lancet. 1998</RefSource><PMID>1</PMID></CommentsCorrections>
<CommentsCorrections RefType="Cites"><RefSource>Gut. 1990</RefSource></CommentsCorrections>
"""


def article(corrections="", kinds=("Journal Article",), pmid="9500320", title="A <i>title</i> of ours."):
    listed = "".join(f"<PublicationType UI='D0'>{kind}</PublicationType>" for kind in kinds)
    return f"""<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>
    <Article PubModel="Print"><Journal><ISSN IssnType="Print">0140-6736</ISSN><JournalIssue CitedMedium="Print">
    <Volume>351</Volume><Issue>9103</Issue><PubDate><Year>1998</Year><Month>Feb</Month><Day>28</Day></PubDate>
    </JournalIssue><Title>Lancet (London, England)</Title><ISOAbbreviation>Lancet</ISOAbbreviation></Journal>
    <ArticleTitle>{title}</ArticleTitle><Pagination><StartPage>637</StartPage><MedlinePgn>637-41</MedlinePgn>
    </Pagination><ELocationID EIdType="doi" ValidYN="N">10.5555/wrong</ELocationID>
    <AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Müller</LastName><ForeName>Ann B</ForeName>
    <Initials>AB</Initials><Suffix>Jr</Suffix></Author><Author ValidYN="N"><LastName>Muller</LastName></Author>
    <Author ValidYN="Y"><CollectiveName>Pain Study Group</CollectiveName></Author></AuthorList>
    <PublicationTypeList>{listed}</PublicationTypeList></Article>
    <MedlineJournalInfo><MedlineTA>Lancet</MedlineTA></MedlineJournalInfo>
    <CommentsCorrectionsList>{corrections}</CommentsCorrectionsList></MedlineCitation>
    <PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
    <ArticleId IdType="doi">10.1016/S0140-6736(97)11096-0</ArticleId></ArticleIdList></PubmedData></PubmedArticle>"""


def articles(*records):
    return DOCTYPE + f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"


def pubmed(server):
    return PubMed(local_server.client(server), base=server.base, contact="editor@example.org")


def asked(server, reply, pmid="9500320"):
    server.on("/efetch.fcgi", reply)
    return pubmed(server).article(pmid)


def test_article_as_csl(server):
    told = asked(server, xml(articles(article())))

    assert told.facts.fields == {
        "title": "A title of ours",
        "pmid": "9500320",
        "doi": "10.1016/s0140-6736(97)11096-0",
        "kind": "study",
    }
    assert told.facts.csl == {
        "type": "article-journal",
        "author": [{"family": "Müller", "given": "Ann B", "suffix": "Jr"}, {"literal": "Pain Study Group"}],
        "container-title": "Lancet (London, England)",
        "container-title-short": "Lancet",
        "issued": {"date-parts": [[1998, 2, 28]]},
        "volume": "351",
        "issue": "9103",
        "page": "637-641",
        "ISSN": "0140-6736",
    }


def test_request_names_tool_and_contact(server):
    asked(server, xml(articles(article())))

    assert "tool=countersign" in server.asked[0][0]
    assert "email=editor%40example.org" in server.asked[0][0]


def test_updates_of_the_paper(server):
    told = asked(server, xml(articles(article(CORRECTIONS, ("Journal Article", "Retracted Publication")))))

    assert [(one.kind, one.date, one.notice_doi, one.notice_pmid) for one in told.facts.updates] == [
        ("retraction", date(2010, 2, 6), "10.1016/s0140-6736(10)60175-4", "20137807"),
        ("correction", date(2004, 3, 6), "", "15016483"),
    ]
    assert told.facts.updates[1].detail == "ErratumIn: Lancet. 2004 Mar 6;363(9411):750 partial"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("RetractionIn", "retraction"),
        ("RetractedandRepublishedIn", "retraction"),
        ("ExpressionOfConcernIn", "concern"),
        ("ErratumIn", "correction"),
        ("CorrectedandRepublishedIn", "correction"),
        ("UpdateIn", "superseded"),
    ],
)
def test_word_on_the_paper(server, word, kind):
    entry = f"<CommentsCorrections RefType='{word}'><RefSource>J Pain. 2020</RefSource></CommentsCorrections>"

    told = asked(server, xml(articles(article(entry))))

    assert [one.kind for one in told.facts.updates] == [kind]


@pytest.mark.parametrize(
    "word",
    [
        "RetractionOf",
        "ErratumFor",
        "ExpressionOfConcernFor",
        "CorrectedandRepublishedFrom",
        "RetractedandRepublishedFrom",
        "UpdateOf",
        "CommentOn",
        "CommentIn",
        "ReprintIn",
        "SummaryForPatientsIn",
        "AssociatedDataset",
        "RepublishedIn",
    ],
)
def test_word_on_a_notice_says_nothing_of_itself(server, word):
    entry = f"<CommentsCorrections RefType='{word}'><RefSource>J Pain. 2020</RefSource></CommentsCorrections>"

    told = asked(server, xml(articles(article(entry, ("Retraction of Publication",)))))

    assert told.facts.updates == ()


def test_kind_alone_says_retracted(server):
    told = asked(server, xml(articles(article(kinds=("Retracted Publication",)))))

    assert [one.kind for one in told.facts.updates] == ["retraction"]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("Journal Article", "Practice Guideline"), ("guideline", "1")),
        (("Meta-Analysis", "Randomized Controlled Trial"), ("review", "1")),
        (("Randomized Controlled Trial", "Journal Article"), ("study", "2")),
        (("Observational Study",), ("study", "3")),
        (("Journal Article", "Review"), ("study", None)),
    ],
)
def test_kind_and_level_of_evidence(server, kinds, expected):
    fields = asked(server, xml(articles(article(kinds=kinds)))).facts.fields

    assert (fields["kind"], fields.get("level")) == expected


def test_title_that_was_translated(server):
    assert asked(server, xml(articles(article(title="[Schmerz.]")))).facts.fields["title"] == "Schmerz"


BOMB = (
    "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;'>]>"
    "<PubmedArticleSet>&d;</PubmedArticleSet>"
)
OUTSIDE = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><PubmedArticleSet>&x;</PubmedArticleSet>"


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (xml(DOCTYPE + "<PubmedArticleSet></PubmedArticleSet>"), State.NOT_FOUND),
        (xml(articles(article(pmid="1"))), State.NOT_FOUND),
        (xml("<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>"), State.UNKNOWN),
        (xml("<eFetchResult><ERROR>Empty result - nothing to do</ERROR></eFetchResult>"), State.NOT_FOUND),
        (xml("<ERROR>Database is not available</ERROR>"), State.UNKNOWN),
        (says(b"Error occurred: overloaded", 200, "text/plain"), State.BROKEN),
        (says({"error": "API rate limit exceeded", "count": "4"}, 429), State.UNKNOWN),
        (xml("<PubmedArticleSet><PubmedArticle>"), State.BROKEN),
        (xml("<html/>"), State.BROKEN),
        (xml(""), State.BROKEN),
        (xml(BOMB), State.BROKEN),
        (xml(OUTSIDE), State.BROKEN),
        (xml("<a>" * 20_000), State.BROKEN),
        (xml("<a>" * 20_000 + "</a>" * 20_000), State.BROKEN),
        (says(b"<?xml version='1.0' encoding='nonsense'?><a/>", 200, "text/xml"), State.BROKEN),
        (says(b"<html>", 200, "text/html"), State.BROKEN),
        (says(b"", 500), State.UNKNOWN),
        (says(b"", 404), State.NOT_FOUND),
    ],
)
def test_other_answers(server, reply, state):
    told = asked(server, reply)

    assert (told.state, told.facts) == (state, None)


def converter(server):
    return Converter(local_server.client(server), base=server.base, contact="editor@example.org")


def test_identifiers_that_belong_together(server):
    records = [
        {"doi": "10.5555/A", "pmcid": "PMC7", "pmid": 37258680, "requested-id": "10.5555/A"},
        {"requested-id": "10.5555/b", "status": "error", "errmsg": "Identifier not found in PMC"},
    ]
    server.on("/articles/", says({"status": "ok", "records": records}))

    converted = converter(server).convert(["10.5555/a", "10.5555/b"], "doi")

    assert converted.found == {"10.5555/a": Identifiers("10.5555/a", "37258680", "PMC7")}
    assert "idtype=doi" in server.asked[0][0]


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (says({"status": "error", "message": "Invalid id"}), State.BROKEN),
        (says({"status": "ok", "records": "x"}), State.BROKEN),
        (says(b"", 500), State.UNKNOWN),
        (local_server.leads_to("https://elsewhere.example/"), State.REFUSED),
        (says({"status": "ok", "records": [None, {}, {"requested-id": None}]}), State.FOUND),
    ],
)
def test_other_conversions(server, reply, state):
    server.on("/articles/", reply)

    assert converter(server).convert(["1"], "pmid").state is state


def test_conversions_are_limited_in_number(server):
    with pytest.raises(ValueError, match="At most"):
        converter(server).convert([str(number) for number in range(1, MOST + 2)], "pmid")
    assert converter(server).convert([], "pmid").found == {}
