"""What the documents name is there: files they lead to, paths and modules in their words, and every command."""

import re
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("*.md", "docs/**/*.md", "benchmarks/*.md", "articles/**/*.md", "tests/**/*.md")
DOCUMENTS = sorted({str(path.relative_to(ROOT)) for path in chain(*map(ROOT.glob, PLACES))})
# A decision and a changelog speak of what was there on their day.
OF_TODAY = [name for name in DOCUMENTS if not name.startswith(("docs/decisions/", "CHANGELOG"))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
OUR_PATH = re.compile(r"`((?:articles|reviews|cms|docs|tests|templates|benchmarks|deploy|\.ci)/[\w./*-]*)[^`\n]*`")
OUR_MODULE = re.compile(r"`((?:articles|reviews|cms|tests|benchmarks)(?:\.\w+)+)`")


def read(name):
    return (ROOT / name).read_text()


def stands(path):
    return any(ROOT.glob(path.rstrip("/")))


def is_module(name):
    """Say whether a dotted name is a module, or something in one."""
    whole, holder = name.replace(".", "/"), name.rpartition(".")[0].replace(".", "/")
    return any(stands(path) for path in (whole, f"{whole}.py", f"{holder}.py", f"{holder}/__init__.py"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_to_files(document):
    folder = (ROOT / document).parent
    links = [link for link in LINK.findall(read(document)) if not re.match(r"[a-z]+:", link)]

    assert [link for link in links if not (folder / link).exists()] == []


@pytest.mark.parametrize("document", OF_TODAY)
def test_named_paths_and_modules_stand(document):
    words = read(document)

    assert [path for path in OUR_PATH.findall(words) if not stands(path)] == []
    assert [name for name in OUR_MODULE.findall(words) if not is_module(name)] == []


def test_every_make_target_that_explains_itself_is_among_the_commands():
    explained = set(re.findall(r"^([a-z-]+):.*?## ", read("Makefile"), re.M)) - {"help"}

    assert set(re.findall(r"^\| `make ([a-z-]+)", read("docs/commands.md"), re.M)) == explained


def test_every_management_command_is_among_the_commands():
    modules = ROOT.glob("*/management/commands/[a-z]*.py")

    named = set(re.findall(r"^\| `python manage\.py (\w+)", read("docs/commands.md"), re.M))

    assert named == {module.stem for module in modules}


@pytest.mark.parametrize("document", OF_TODAY)
def test_commands_in_documents_exist(document):
    words = read(document)
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.M))

    assert set(re.findall(r"(?<![\w-])make ([a-z]+(?:-[a-z]+)*)(?=[`\n ]*`|\s+#| [A-Z]+=)", words)) <= targets
