"""What import contracts cannot hold: who may write what, in the words of the syntax tree (STYLE, Imports 4)."""

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CODE = sorted(
    path.relative_to(ROOT).as_posix()
    for app in ("articles", "reviews", "cms")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("templates/**/*") if path.is_file())

DOMAIN = (
    "articles/models/",
    "articles/text/",
    "articles/writing/",
    "articles/library/",
    "articles/permissions.py",
    "articles/insert_only.py",
    "reviews/models/",
    "reviews/rules/",
    "reviews/record/",
    "reviews/workflow/",
    "reviews/people/",
    "reviews/policies/",
    "reviews/alerts/",
)
# Who makes a record: everybody else reads it.
MAKERS = {
    "Publication": "reviews/record/publishing.py",
    "Revision": "articles/writing/freezing.py",
    "Rendering": "articles/writing/freezing.py",
    "Event": "reviews/record/event_chain.py",
    "Decision": "reviews/workflow/",
    "Review": "reviews/workflow/",
    "Assignment": "reviews/workflow/",
    "SectionMark": "reviews/workflow/",
    "Disclosure": "reviews/workflow/",
    "Ruling": "reviews/workflow/",
    "Waiver": "reviews/workflow/",
    "Concurrence": "reviews/workflow/",
    "LicenceCheck": "reviews/people/",
    "Voiding": "reviews/people/",
    "Suspension": "reviews/workflow/",
    "Notice": "reviews/workflow/",
    "Thread": "reviews/workflow/",
    "Comment": "reviews/workflow/",
    "Delivery": "reviews/notifications/outbox.py",
}
MAKING = {"create", "get_or_create", "update_or_create", "bulk_create", "acreate", "aget_or_create"}
BULK = {"bulk_create", "bulk_update", "abulk_create", "abulk_update"}
# Whom and what the domain is about: a parameter of such a name says which it is.
ACTORS = {"by", "user", "request"}
RECORDS = {"article", "review", "publication", "revision", "member", "assignment", "source", "event"}
CHAIN = {"objects", "filter", "exclude", "all", "order_by", "select_related", "select_for_update"}

# The rooms of STYLE, "Where things live": what fits none of them lacks a noun.
TREE = {
    "articles": {
        *("__init__.py", "apps.py", "insert_only.py", "permissions.py", "pipelines.py", "postgresql_guards.py"),
        *("signing_keys.py", "tasks.py"),
        *("admin", "forms", "library", "management", "migrations", "models", "reading", "templatetags", "text"),
        "writing",
    },
    "reviews": {
        *("__init__.py", "apps.py", "tasks.py", "alerts", "demo", "management", "migrations", "models"),
        *("notifications", "people", "policies", "record", "rules", "templatetags", "web", "workflow"),
    },
}
# Names that Django, Celery or this house give a file in each app that has one.
BY_CUSTOM = {"__init__.py", "apps.py", "permissions.py", "tasks.py", "urls.py", "views.py"}
SHARE_A_NOUN = {"models", "forms", "admin"}

Rule = Callable[[str, ast.AST], bool]


def writes_a_state(path: str, node: ast.AST) -> bool:
    """Only the workflow sets a state."""
    if path.startswith("reviews/workflow/"):
        return False
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
        # What an editor decided of a campaign's item is no state of a review.
        is_item = path.startswith("reviews/alerts/campaigns/") and _name(node.value) == "item"
        return node.attr == "state" and not is_item
    is_setattr = isinstance(node, ast.Call) and _name(node.func) == "setattr" and len(node.args) == 3
    return is_setattr and isinstance(node.args[1], ast.Constant) and node.args[1].value == "state"


def makes_a_record(path: str, node: ast.AST) -> bool:
    """Each record has one maker."""
    if not isinstance(node, ast.Call):
        return False
    names = [_name(node.func)]
    if isinstance(node.func, ast.Attribute) and node.func.attr in MAKING:
        names = _chain(node.func.value)
    return any(name in MAKERS and not path.startswith(MAKERS[name]) for name in names)


def writes_a_publication(path: str, node: ast.AST) -> bool:
    """Only publishing saves or deletes a publication."""
    if (
        path == "reviews/record/publishing.py"
        or not isinstance(node, ast.Call)
        or not isinstance(node.func, ast.Attribute)
    ):
        return False
    is_write = node.func.attr in ("save", "delete", "update")
    return is_write and re.search(r"publication|Publication\b", ast.unparse(node.func.value)) is not None


def calls_mark_safe(path: str, node: ast.AST) -> bool:
    """Only sanitising says that a text is safe."""
    if path == "articles/text/rendering/sanitising.py":
        return False
    if isinstance(node, ast.ImportFrom):
        return any(name.name == "mark_safe" for name in node.names)
    return isinstance(node, ast.Call) and (
        _name(node.func) in ("mark_safe", "SafeString", "SafeText")
        or (_name(node.func) == "format_html" and not _is_written_out(node.args[0]))
    )


def _is_written_out(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and _name(node.func) in ("gettext", "_"):
        node = node.args[0]
    return isinstance(node, ast.Constant)


def knows_django(path: str, node: ast.AST) -> bool:
    """A text knows no Django: programs read it without a site. Only sanitising does, for templates."""
    if not path.startswith("articles/text/") or path == "articles/text/rendering/sanitising.py":
        return False
    return any(module.partition(".")[0] == "django" for module in _imported(node))


def knows_the_web(path: str, node: ast.AST) -> bool:
    """The domain knows no request, response, form or page."""
    if not path.startswith(DOMAIN):
        return False
    web = ("django.http", "django.shortcuts", "django.views", "django.urls", "django.forms", "django.contrib.messages")
    return any(module.startswith((*web, "django.contrib.admin", "django.template")) for module in _imported(node))


def writes_many_rows_at_once(path: str, node: ast.AST) -> bool:
    """A row changed by QuerySet.update has no history, and stands in no event. The outbox keeps none."""
    if path == "reviews/notifications/outbox.py" or not isinstance(node, ast.Call):
        return False
    if not isinstance(node.func, ast.Attribute):
        return False
    is_update = node.func.attr in ("update", "aupdate") and bool(CHAIN & set(_chain(node.func.value)))
    return is_update or node.func.attr in BULK


def saves_past_the_step(path: str, node: ast.AST) -> bool:
    """What a step writes it saves by the step, which puts on the record how the row stands. A draft has its history."""
    if not path.startswith("reviews/workflow/") or path == "reviews/workflow/step.py":
        return False
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    is_write = node.func.attr in ("save", "delete") or node.func.attr in MAKING
    return is_write and _name(node.func.value) not in ("step", "drafting")


def listens_to_a_signal(path: str, node: ast.AST) -> bool:
    """Nothing happens behind a caller's back: only what frames a migrate is heard."""
    if isinstance(node, ast.FunctionDef):
        return any(_name(getattr(one, "func", one)) == "receiver" for one in node.decorator_list)
    is_connect = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect"
    return is_connect and _name(node.func.value) not in ("pre_migrate", "post_migrate")


def reads_the_clock(path: str, node: ast.AST) -> bool:
    """Rules and records take the time they are asked about; steps, views and tasks read it."""
    pure = ("articles/models/", "articles/text/checks/", "articles/text/rendering/", "reviews/models/")
    files = (
        "articles/text/canonical.py",
        "articles/writing/freezing.py",
        "articles/writing/wording.py",
        "reviews/rules/permissions.py",
    )
    steps = (
        "reviews/rules/quorum.py",
        "reviews/record/publishing.py",
        "reviews/record/signatures.py",
        "reviews/record/event_chain.py",
    )
    is_call = isinstance(node, ast.Call) and _name(node.func) in ("now", "today", "localdate", "localtime")
    return path.startswith((*pure, *files, *steps)) and is_call


def asks_for_a_role(path: str, node: ast.AST) -> bool:
    """Code asks for a permission, never for a group or for `is_staff`."""
    if isinstance(node, ast.Attribute) and node.attr == "is_staff":
        return True
    is_filter = isinstance(node, ast.Call) and _name(node.func) in ("filter", "exists", "get")
    return is_filter and any((one.arg or "").startswith("groups__name") for one in node.keywords)


def locks_a_row(path: str, node: ast.AST) -> bool:
    """Rows are locked in one place each, in one order: the article, a board member, then the site's chain."""
    places = (
        "articles/writing/drafting.py",
        "articles/writing/terms.py",  # a glossary term, alone
        "articles/library/duplicates.py",  # two sources, before the drafts that cite them
        "articles/library/file_import.py",  # an import of sources, alone
        "articles/library/source_updates.py",  # a source, alone
        "articles/library/lookups.py",  # a look-up, then its source
        "reviews/workflow/step.py",
        "reviews/workflow/assignments.py",
        "reviews/record/event_chain.py",
        "reviews/notifications/outbox.py",  # the recipient of a mail, alone
    )
    return path not in places and isinstance(node, ast.Attribute) and node.attr == "select_for_update"


def leaves_a_record_untyped(path: str, node: ast.AST) -> bool:
    """Who acts, who asks and what it is about have types: with Any a wrong one would be found by readers."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    parameters = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    return any(one.arg in ACTORS | RECORDS and _says_nothing(one.annotation) for one in parameters)


def _says_nothing(annotation: ast.expr | None) -> bool:
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    if isinstance(annotation, ast.BinOp):
        return _says_nothing(annotation.left) or _says_nothing(annotation.right)
    if isinstance(annotation, ast.Subscript) and _name(annotation.value) == "Optional":
        return _says_nothing(annotation.slice)
    return annotation is None or _name(annotation) in ("Any", "object")


def answers_a_conflict(path: str, node: ast.AST) -> bool:
    """One page answers for all steps when something happened meanwhile, or the password was wrong."""
    if not path.startswith("reviews/web/") or path == "reviews/web/steps/step_page.py":
        return False
    is_handler = isinstance(node, ast.ExceptHandler) and node.type is not None
    return is_handler and bool({"ArticleMoved", "WrongPassword"} & {_name(one) for one in ast.walk(node.type)})


def asks_of_reviews(path: str, node: ast.AST) -> bool:
    """Articles ask of reviews through their port alone (articles/writing/editorial_policy.py)."""
    # The texts that the checks read speak of reviews in their own right.
    if not path.startswith("articles/") or path.startswith("articles/text/"):
        return False
    word = node.value if isinstance(node, ast.Constant) else getattr(node, "arg", None)
    return _name(node) == "reviews" or (isinstance(word, str) and re.match(r"reviews(__|\.|\Z)", word) is not None)


def _name(node: ast.AST | None) -> str:
    return getattr(node, "attr", None) or getattr(node, "id", "")


def _chain(node: ast.AST) -> list[str]:
    names = []
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return [*names, _name(node)]


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
    return []


RULES: list[Rule] = [
    writes_a_state,
    makes_a_record,
    writes_a_publication,
    calls_mark_safe,
    knows_django,
    knows_the_web,
    writes_many_rows_at_once,
    saves_past_the_step,
    listens_to_a_signal,
    reads_the_clock,
    asks_for_a_role,
    locks_a_row,
    leaves_a_record_untyped,
    answers_a_conflict,
    asks_of_reviews,
]


def found(rule: Rule, path: str, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if rule(path, node):
            yield f"{path}:{node.lineno}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_module(rule):
    assert [place for path in CODE for place in found(rule, path, (ROOT / path).read_text())] == []


# A rule that finds nothing may be blind: each must find what it forbids.
@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (writes_a_state, "reviews/web/views.py", "review.state = 'approved'"),
        (writes_a_state, "reviews/alerts/campaigns/rulings.py", "item.review.state = 'approved'"),
        (writes_a_state, "reviews/web/admin/review.py", "one.state, one.reason = 'approved', ''"),
        (writes_a_state, "articles/reading/views.py", "setattr(review, 'state', 'approved')"),
        (makes_a_record, "reviews/web/views.py", "Decision(verdict='approved')"),
        (makes_a_record, "reviews/workflow/decisions.py", "Publication(article=article)"),
        (makes_a_record, "reviews/record/publishing.py", "models.Event.objects.using('x').create(verb='approve')"),
        (writes_a_publication, "reviews/workflow/step.py", "step.publication.save()"),
        (
            writes_a_publication,
            "articles/reading/views.py",
            "Publication.objects.filter(pk=1).update(status='approved')",
        ),
        (calls_mark_safe, "articles/reading/views.py", "from django.utils.safestring import mark_safe"),
        (calls_mark_safe, "articles/reading/views.py", "safestring.mark_safe(text)"),
        (calls_mark_safe, "articles/reading/views.py", "SafeString(text)"),
        (calls_mark_safe, "articles/reading/views.py", "format_html(f'<b>{text}</b>')"),
        (knows_django, "articles/text/checks/doses.py", "from django.utils.translation import gettext as _"),
        (knows_django, "articles/text/parsing/limits.py", "def check():\n    import django"),
        (knows_the_web, "articles/writing/freezing.py", "from django.http import Http404"),
        (knows_the_web, "reviews/workflow/decisions.py", "from django import shortcuts\nimport django.http"),
        (writes_many_rows_at_once, "articles/writing/drafting.py", "Section.objects.filter(pk=1).update(plain='')"),
        (writes_many_rows_at_once, "articles/writing/drafting.py", "article.sections.all().update(plain='')"),
        (writes_many_rows_at_once, "articles/writing/page_import.py", "Section.objects.bulk_create(rows)"),
        (saves_past_the_step, "reviews/workflow/remarks.py", "thread.save(update_fields=['kind'])"),
        (saves_past_the_step, "reviews/workflow/remarks.py", "assignment.marks.filter(pk=1).delete()"),
        (saves_past_the_step, "reviews/workflow/remarks.py", "thread.comments.create(text=text)"),
        (listens_to_a_signal, "reviews/apps.py", "@receiver(post_save)\ndef react(**kwargs): pass"),
        (listens_to_a_signal, "reviews/apps.py", "post_save.connect(react)"),
        (reads_the_clock, "reviews/models/review.py", "timezone.now()"),
        (asks_for_a_role, "articles/reading/views.py", "request.user.is_staff"),
        (asks_for_a_role, "articles/reading/views.py", "user.groups.filter(groups__name='Editor')"),
        (locks_a_row, "articles/reading/views.py", "Article.objects.select_for_update().get(pk=1)"),
        (leaves_a_record_untyped, "reviews/workflow/step.py", "def take(verb: str, *, by): pass"),
        (leaves_a_record_untyped, "reviews/web/views.py", "def page(request: Any, pk: int): pass"),
        (leaves_a_record_untyped, "articles/permissions.py", "def can(user: AnyUser, article: 'Any | None'): pass"),
        (
            leaves_a_record_untyped,
            "cms/accounts/views.py",
            "async def page(request: typing.Optional[typing.Any]): pass",
        ),
        (answers_a_conflict, "reviews/web/views.py", "try: act()\nexcept (Refused, step.ArticleMoved): pass"),
        (asks_of_reviews, "articles/admin/article.py", "article.reviews.all()"),
        (asks_of_reviews, "articles/admin/article.py", "Article.objects.filter(reviews__state='approved')"),
        (asks_of_reviews, "articles/admin/article.py", "articles.prefetch_related('reviews__assignments')"),
    ],
)
def test_the_rule_bites(rule, path, source):
    assert list(found(rule, path, source))


@pytest.mark.parametrize("path", TEMPLATES)
def test_no_template_calls_a_text_safe(path):
    source = (ROOT / path).read_text()

    # The text of a mail is not HTML.
    escapes = r"\|\s*safe\b|\|\s*safeseq\b" + ("" if path.endswith(".txt") else r"|autoescape\s+off")
    assert re.search(escapes, source) is None


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils", "helpers", "services", "common", "misc", "managers"}
    # What `library/services/` holds are services indeed: Crossref, PubMed, DailyMed.
    paths = [path for path in CODE if not path.startswith("articles/library/services/")]

    assert [path for path in paths if drawers & set(path.removesuffix(".py").split("/"))] == []


@pytest.mark.parametrize("app", TREE)
def test_an_app_has_the_rooms_of_the_tree_and_no_other(app):
    found = {path.name for path in (ROOT / app).iterdir() if path.suffix == ".py" or path.is_dir()}

    assert found - {"__pycache__"} == TREE[app]


def test_two_files_share_a_name_only_as_model_form_and_admin_of_one_noun():
    named = defaultdict(list)
    for path in CODE:
        folder, name = path.rsplit("/", 1)
        if path.startswith(tuple(TREE)) and name not in BY_CUSTOM:
            named[name].append(folder)

    shared = {name: folders for name, folders in named.items() if not _are_of_one_noun(folders)}

    assert not shared


def _are_of_one_noun(folders: list[str]) -> bool:
    """Say whether the files are one, or at most one each of the models, forms and admin of one app."""
    kinds = [folder.rsplit("/", 1)[-1] for folder in folders]
    is_of_one_app = len({folder.split("/")[0] for folder in folders}) == 1
    return len(folders) == 1 or (is_of_one_app and len(set(kinds)) == len(kinds) and set(kinds) <= SHARE_A_NOUN)


@pytest.mark.parametrize(
    ("folders", "are_one"),
    [
        (["articles/text"], True),
        (["reviews/models", "reviews/web/forms", "reviews/web/admin"], True),
        (["reviews/models", "reviews/rules"], False),
        (["articles/models", "reviews/web/admin"], False),
        (["articles/text/checks", "articles/text/statements"], False),
    ],
)
def test_shared_names_are_found(folders, are_one):
    assert _are_of_one_noun(folders) is are_one


def test_the_domain_is_where_the_rules_look_for_it():
    assert [place for place in (*DOMAIN, *MAKERS.values()) if not (ROOT / place).exists()] == []


def test_no_model_hides_work_in_saving():
    # An extract's digest is a pure function of its words, and so is the likeness of a source.
    hidden = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in ("articles", "reviews", "accounts") and {"save", "delete"} & set(vars(model))
    }

    assert hidden <= {"Extract", "Source"}


def test_every_record_of_what_happened_is_insert_only():
    evidence = {model.__name__ for model in apps.get_models() if getattr(model, "is_evidence", False)}

    assert evidence >= {"Revision", "Rendering", "Decision", "Event", "Disclosure", "Ruling", "Waiver", "Concurrence"}


def test_every_draft_row_keeps_its_history():
    kept = {model.__name__ for model in apps.get_models() if hasattr(model, "history")}

    assert kept >= {"Article", "Section", "Citation", "Source", "Extract", "GlossaryTerm", "Topic", "BoardMember"}
