"""Files made to take the reader's time or memory: each a name and what makes `SIZE` bytes of it.

Run as `python -m tests.articles.library.files.hostile_files NAME` it reads one under limits of memory and processor
time, and prints what became of it: a reader that is not linear is killed.
"""

import os
import resource
import sys
from collections.abc import Callable
from itertools import islice

# In make test-long the whole of what may be uploaded at a sitting; else a quarter, within a quarter of the time.
SIZE = int(os.environ.get("HOSTILE_BYTES", "500000"))
# Of all memory beside what the interpreter and its modules take. A reader that is not linear takes many times as long.
MEMORY = 256_000_000
SECONDS = max(10, SIZE // 400_000)
_RECORD = SIZE // 4 - 50_000


def repeated(unit: str, size: int = SIZE) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _numbered(template: str) -> str:
    made, length, number = [], 0, 0
    while length < SIZE:
        made.append(template.replace("#", str(number)))
        length += len(made[-1])
        number += 1
    return "".join(made)


def _records(begin: str, unit: str, end: str) -> Callable[[], str]:
    """Four records as long as one may be."""
    return lambda: (begin + repeated(unit, _RECORD) + end + "\n") * 4


def _doubled() -> str:
    lines = [f"@string{{a{n} = a{n - 1} # a{n - 1} # a{n - 1}}}\n" for n in range(1, 41)]
    return "@string{a0 = {ten words.}}\n" + "".join(lines) + "@article{k, title = a40, year = 2020}\n"


FILES: dict[str, Callable[[], str]] = {
    "macros that treble each other": _doubled,
    "a macro that trebles itself": lambda: "@string{a={x}}\n" + "@string{a=a#a#a}\n" * 50_000 + "@misc{k,title=a}\n",
    "macros in a ring": lambda: repeated("@string{a=b}\n@string{b=a}\n@misc{k,title=a#b}\n"),
    "many macros": lambda: _numbered("@string{a#=1}\n"),
    "a long macro used often": lambda: "@string{a={" + "x" * 9_000 + "}}\n" + repeated("@misc{k,title=a#a#a#a}\n"),
    "many entries": lambda: repeated("@misc{k,title={A b},author={Doe, J},year=2001}\n"),
    "many parents": lambda: _numbered("@book{p#,title={T}}\n@inbook{k#,crossref={p#},title={B}}\n"),
    "a large parent": lambda: (
        "@book{p,title={T},abstract={"
        + repeated("a b ", _RECORD)
        + "}}\n"
        + repeated("@inbook{k,crossref={p},title={B}}\n")
    ),
    "children of each other": lambda: _numbered("@book{k#,crossref={k1},title={T}}\n"),
    "children of nobody": lambda: _numbered("@inbook{k#,crossref={none},title={T}}\n"),
    "a parent without a name": lambda: "@misc{k,title={T}, crossref = {" + repeated(" \t") + "x",
    "many fields": _records("@misc{k,title={T},", "f={x},", "}"),
    "one field many times": lambda: "@misc{k,title={T}," + _numbered("a={#},")[:_RECORD] + "}",
    "fields that cannot be read": _records("@misc{k,title={T},", "!!\n", "}"),
    "empty lines between fields": _records("@misc{k,title={T},", "\n,  ", "}"),
    "a name without a value": _records("@misc{k,title={T},", "a ", "}"),
    "joined macros": _records("@misc{k,title={T},a=", "b#", "}"),
    "joined words": _records("@misc{k,title={T},a=", '""#', "}"),
    "entries that do not end": lambda: repeated("@misc{k,\n"),
    "entries without a key": lambda: repeated("@a{\n"),
    "braces": _records("@misc{k,title=", "{", ""),
    "people": _records("@misc{k,title={T},author={", "A and ", "}}"),
    "one person of many words": _records("@misc{k,title={T},author={", "ab ", "}}"),
    "one person of many commas": _records("@misc{k,title={T},author={", "a,", "}}"),
    "one person of many accents": _records("@misc{k,title={T},author={X ", "\\'a ", "}}"),
    "accents": _records("@misc{k,title={", "\\'", "}}"),
    "empty braces": _records("@misc{k,title={T},note={", "{}", "}}"),
    "powers": _records("@misc{k,title={T},note={$", "^1", "$}}"),
    "dashes": _records("@misc{k,title={T},pages={", "- ", "}}"),
    "spaces": lambda: repeated(" ") + "@misc{k,title={T}}",
    "RIS records": lambda: repeated("TY  - JOUR\nTI  - A b\nAU  - Doe, J\nPY  - 2001\nER  - \n"),
    "RIS beginnings": lambda: repeated("TY  - JOUR\n"),
    "RIS authors": _records("TY  - JOUR\nTI  - x\n", "AU  - D, J\n", "ER  - "),
    "RIS keywords": _records("TY  - JOUR\nTI  - x\nKW  - \n", "z\n", "ER  - "),
    "RIS continued": _records("TY  - JOUR\nTI  - x\nAB  - y\n", "z\n", "ER  - "),
    "RIS years": _records("TY  - JOUR\nTI  - x\n", "PY  - 2001\n", "ER  - "),
    "RIS dates": _records("TY  - JOUR\nTI  - x\nPY  - 2001\n", "DA  - Jan\n", "ER  - "),
    "RIS DOIs": _records("TY  - JOUR\nTI  - x\nDO  - 10.1234/x\n", "N1  - 10.1234/x\n", "ER  - "),
    "NBIB records": lambda: repeated("PMID- 1\nTI  - A b.\nFAU - Doe, J\nDP  - 2001\n\n"),
    "NBIB beginnings": lambda: repeated("PMID- 1\n"),
    "NBIB continued": _records("PMID- 1\nTI  - x\n", "      z\n", "\n"),
    "NBIB authors": _records("PMID- 1\nTI  - x\n", "FAU - D, J\n", "\n"),
    "NBIB addresses": _records("PMID- 1\nTI  - x\nFAU - D, J\n", "AD  - H\n", "\n"),
    "NBIB DOIs": _records("PMID- 1\nTI  - x\n", "AID - 10.1/x [doi]\n", "\n"),
    "nested lists": lambda: '[{"type":"book","title":"x","a":' + "[" * 50_000 + "]" * 50_000 + "}]",
    "nested objects": lambda: repeated('{"a":'),
    "nested objects that end": lambda: '{"type":"book","title":"x","a":' + '{"id":' * 16_000 + "1" + "}" * 16_001,
    "an item cut into many": lambda: '{"type":"book",,' + repeated('{"id":1},'),
    "wrappers": lambda: repeated('{"items":['),
    "lists in an object": lambda: '{"a":1,' + repeated("[],") + "}",
    "lists after spaces": lambda: "{" + repeated(" ", SIZE // 2) + repeated("[]", SIZE // 2),
    "JSON items": lambda: "[" + repeated('{"type":"book","title":"x"},') + "]",
    "JSON lines": lambda: repeated('{"type":"book","title":"x"}\n'),
    "JSON beginnings": lambda: repeated("{\n"),
    "JSON names": lambda: '{"type":"book","title":"x",' + _numbered('"k#":[1],')[:_RECORD] + '"z":1}',
    "JSON numbers": _records('{"type":"book","title":"x","a":[', "1,", "1]}"),
    "JSON objects": _records('{"type":"book","title":"x","a":[', "{},", "1]}"),
    "JSON authors": _records('{"type":"book","title":"x","author":[', '{"family":"a"},', "1]}"),
    "JSON digits": _records('{"type":"book","title":"x","volume":', "1", "}"),
    "JSON halves of characters": _records('{"type":"book","title":"x","note":"', "\\ud800", '"}'),
    "JSON names twice": _records('{"type":"book","title":"x",', '"a":1,', '"b":1}'),
    "ends of lines": lambda: repeated("\r\n"),
    "zero characters": lambda: repeated("\0"),
    "no record at all": lambda: repeated("hello\n"),
}


def main(name: str) -> None:
    from articles.library.files import exchange_files

    content = FILES[name]().encode()[:SIZE]
    with open("/proc/self/statm", encoding="ascii") as file:
        taken = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    count, faults = 0, 0
    first: list[str] = []
    for record in exchange_files.read(content):
        count += 1
        faults = max(faults, len(record.faults))
        if record.faults and len(first) < 5:
            first += islice(record.faults, 3)
        _ = record.kind, record.level, record.status, record.label, record.doi, record.pmid, record.title
    sys.stdout.write(f"{count} {faults} {' | '.join(first)}\n")


if __name__ == "__main__":
    main(sys.argv[1])
