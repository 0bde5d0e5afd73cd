"""The dialect: what people type and what it becomes."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from articles.text.rendering import render_text

REL = 'rel="nofollow noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Text\n- a\n- b", "<p>Text</p><ul><li>a</li><li>b</li></ul>"),
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("- a\n    - b\n        - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("- a\n\t- b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1. a\n\nText\n\n2. b", '<ol><li>a</li></ol><p>Text</p><ol start="2"><li>b</li></ol>'),
        ("> Text\n> - a\n>     - b", "<blockquote><p>Text</p><ul><li>a<ul><li>b</li></ul></li></ul></blockquote>"),
        ("- a\r\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("# A\n\n### B\n\n# C", "<h3>A</h3><h4>B</h4><h3>C</h3>"),
        ("### A\n\n##### B\n\n###### C", "<h3>A</h3><h4>B</h4><h5>C</h5>"),
        ("#\n\ntext", "<p></p><p>text</p>"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("`a<b&amp;`", "<p><code>a&lt;b&amp;amp;</code></p>"),
        ("    a < b", "<pre><code>a &lt; b</code></pre>"),
        ("<b>a</b> &lt; &alpha; &amp;", "<p>&lt;b&gt;a&lt;/b&gt; &lt; α &amp;</p>"),
        ("<div>\n\ntext\n\n</div>", "<p>&lt;div&gt;</p><p>text</p><p>&lt;/div&gt;</p>"),
        ("5 < 6 & 7 > 3", "<p>5 &lt; 6 &amp; 7 &gt; 3</p>"),
        ("\\*a\\* \\[@a]", "<p>*a* [@a]</p>"),
        ("[Note]: caution", "<p>[Note]: caution</p>"),
        ("![a chart](https://example.org/x.png)", "<p>a chart</p>"),
        ("![a][b]", "<p>![a][b]</p>"),
        ("a  \nb", "<p>a<br>b</p>"),
        ("", ""),
        ("[@a; @b][@c] x", '<p><span class="citation-key">[@a; @b][@c]</span> x</p>'),
    ],
)
def test_text_becomes(text, html):
    assert render_text(text).replace("\n", "") == html


def test_table_scrolls_and_names_itself():
    html = render_text("|Drug|Dose|\n|---|--:|\n|a|5 mg|")

    assert html == (
        '<div class="table-scroll" role="region" tabindex="0" aria-label="Table 1: Drug, Dose"><table><thead><tr>'
        '<th scope="col">Drug</th><th class="align-right" scope="col">Dose</th></tr></thead>'
        '<tbody><tr><td>a</td><td class="align-right">5 mg</td></tr></tbody></table></div>'
    )


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[x](https://example.org/a?b=1&amp;c=2#d)", "https://example.org/a?b=1&amp;c=2#d"),
        ("[x](HTTPS://Example.org/A)", "https://example.org/A"),
        ("[x](https://example.org/naïve)", "https://example.org/na%C3%AFve"),
        ("[x](https://example.org:8443/a_(b))", "https://example.org:8443/a_(b)"),
        ("[x][y]\n\n[y]: http://example.org", "http://example.org"),
        ("[x]\n\n[x]: <https://example.org>", "https://example.org"),
        ("[x](mailto:board@example.org)", "mailto:board@example.org"),
    ],
)
def test_link_leads_where_it_says(text, address):
    assert render_text(text) == f'<p><a href="{address}" {REL}>x</a></p>'


def test_autolinks_are_links():
    html = render_text("<https://example.org/?a&amp;b> <board@example.org>")

    assert html == (
        f'<p><a href="https://example.org/?a&amp;b" {REL}>https://example.org/?a&amp;b</a> '
        f'<a href="mailto:board@example.org" {REL}>board@example.org</a></p>'
    )


@pytest.mark.parametrize(
    "text", ["[x](javascript:alert%281%29)", "[x](#references)", "[x](/admin/)", "[x](data:a)", "[x](https://a@b.org)"]
)
def test_refused_link_is_its_words(text):
    assert render_text(text) == '<p><span class="link-refused">x</span></p>'


def test_link_in_link_is_one_link():
    html = render_text("[a <https://example.org>](https://example.com)")

    assert html.count("<a ") == 1


def test_render_text_in_threads_is_the_same():
    texts = [f"- a{number}\n  - b [x](https://example.org/{number}) [@k{number}]\n\n*c*" for number in range(200)]
    alone = [render_text(text) for text in texts]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(render_text, texts))

    assert together == alone
