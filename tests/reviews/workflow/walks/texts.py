"""A walk's steps on words: the draft, its source, submitting, correcting and merging."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from articles.models import Article, Source
from articles.writing import drafting
from reviews import workflow
from reviews.workflow import corrections
from tests.reviews.workflow.walks.choices import editors, everybody, is_published, rarely, sections
from tests.reviews.workflow.workflow_model import SECTIONS, TEXTS
from tests.reviews.workflow.workflow_walk import Walk

# The texts that can be approved are the likely ones.
texts = st.sampled_from((0, 0, 1, 1, 2, 2, 3, 4))


class TextSteps(Walk):
    @rule(name=st.sampled_from(("author", "author", "editor", "wren", "ann")), section=sections, text=texts)
    def edit(self, name, section, text):
        self._rewrite(name, section, text)
        self.desk.draft.rewrite(name, section, text)
        self.acted()

    @rule(name=everybody)
    def edit_an_old_page(self, name):
        self.attempt(False, lambda: self._rewrite(name, 0, 1, behind=1))
        self.acted()

    def _rewrite(self, name, section, text, *, behind=0):
        article = self._article()
        changes = {self.keys[section]: {"professional": TEXTS[text]}}
        drafting.rewrite(article, by=self.users[name], reason="edit", seen=article.version - behind, sections=changes)

    def _article(self):
        return Article.objects.get(pk=self.article.pk)

    @rule()
    def edit_a_source(self):
        self.desk.draft.source += 1
        source = Source.objects.get(pk=self.stage.source.pk)
        source.title = f"A guideline, edition {self.desk.draft.source}"
        source.save()
        self.acted()

    @rule(name=st.sampled_from(("author", "author", "editor", "wren", "root", "reader", "ann")), is_stale=rarely)
    def submit(self, name, is_stale):
        version = self._article().version - is_stale
        if self.attempt(
            self.desk.may_submit(name) and not is_stale,
            lambda: workflow.submit(self.article, by=self.users[name], seen=version),
        ):
            self.desk.submit(self.now)
        self.acted()

    @precondition(is_published)
    @rule(by=editors, section=sections, text=texts, other=st.sampled_from((None, None, 0, 1, 2)), is_stale=rarely)
    def correct(self, by, section, text, other, is_stale):
        edits = {section: text} | ({} if other is None else {1 - section: other})
        form = {
            "edits": {self.keys[one]: {"professional": TEXTS[words]} for one, words in edits.items()},
            "notice": "It was wrong and is right now.",
            "seen": self.page(is_stale),
        }
        if self.attempt(
            self.desk.may_correct(by, edits) and not is_stale,
            lambda: workflow.correct(self._article(), by=self.users[by], **form),
        ):
            self.desk.correct(by, edits, self.now)
        self.acted()

    @precondition(is_published)
    @rule(by=editors, takes_theirs=st.booleans(), is_stale=rarely)
    def merge(self, by, takes_theirs, is_stale):
        desk, article = self.desk, self._article()
        is_due = desk.may_merge(by)
        has_diverged = desk.published is not None and desk.draft.has_diverged(desk.published)
        words = (desk.published.text if takes_theirs else desk.draft.text) if has_diverged else ()
        confirmed = {part: words[part] for part in desk.draft.parts(desk.published)} if has_diverged else {}
        self._proposes(confirmed if has_diverged else None)
        form = {self.keys[part]: {"professional": TEXTS[text]} for part, text in confirmed.items()}
        seen = article.version - is_stale
        if self.attempt(
            is_due and not is_stale, lambda: workflow.merge(article, by=self.users[by], seen=seen, texts=form)
        ):
            desk.merge(by, confirmed)
        self.acted()

    def _proposes(self, confirmed):
        """What an editor is shown are the corrected texts, in the published words where the draft changed nothing."""
        found = corrections.proposal(self._article())
        assert (found is None) == (confirmed is None)
        if found is None:
            return
        assert {part.section_key for part in found.parts} == {self.keys[part] for part in confirmed}
        for part in found.parts:
            section = self.keys.index(part.section_key)
            assert (part.corrected, part.draft) == tuple(
                TEXTS[text[section]] for text in (self.desk.published.text, self.desk.draft.text)
            )
            if part.before == part.draft:
                assert part.merged == part.corrected
        assert set(SECTIONS) >= set(confirmed)
