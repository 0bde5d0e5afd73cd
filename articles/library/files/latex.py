"""LaTeX in the fields of BibTeX: its accents, signs and braces into plain text, and back what BibTeX needs escaped."""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
}  # fmt: skip
_SIGNS = {
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotesingle": "'", "textasciitilde": "~", "textasciicircum": "^",
    "textbackslash": "\\", "textbar": "|", "textgreater": ">", "textless": "<", "textregistered": "®",
    "texttrademark": "™", "textcopyright": "©", "copyright": "©", "textdegree": "°", "textmu": "µ", "textpm": "±",
    "textbullet": "•", "textellipsis": "…", "ldots": "…", "dots": "…", "S": "§", "P": "¶", "pounds": "£", "euro": "€",
    "texteuro": "€", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "times": "×", "pm": "±", "approx": "≈",
    "sim": "∼", "neq": "≠", "cdot": "·", "degree": "°", "circ": "°", "infty": "∞", "rightarrow": "→", "to": "→",
    "guillemotleft": "«", "guillemotright": "»", "quotedblbase": "„", "quad": " ", "qquad": " ", "newline": " ",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
# Commands that only dress their words.
_DRESS = frozenset(
    (
        "emph", "textit", "textbf", "textsc", "textrm", "texttt", "textsf", "textsl", "textup", "text", "mathrm",
        "mathit", "mathbf", "ensuremath", "mbox", "url", "path", "it", "bf", "em", "rm", "sc", "tt", "sl", "href",
        "bibstring", "enquote", "textnormal", "NoCaseChange", "textsuperscript", "textsubscript",
    )
)  # fmt: skip
_TOKEN = re.compile(
    r"\\(?:[A-Za-z]+\*?[ \t\n]*|.|$)|---?|``|''|[{}~$]|\^\{?[0-9+-]+\}?|_\{?[0-9]+\}?|[^\\{}~$^_`'-]+|.", re.S
)
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "~": " "}
_ESCAPES = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}&%$#_~^]|-(?=-)|`(?=`)|'(?=')")


def decode(text: str) -> str:
    """Return the plain text of a field. A command that is not known stays as it is written."""
    if not re.search(r"[\\{}~$`'-]", text):
        return " ".join(text.split())
    written: list[str] = []
    pending: list[str] = []
    is_math = False
    for found in _TOKEN.finditer(text):
        piece = found[0]
        if piece == "$":
            is_math = not is_math
        elif piece in ("{", "}"):
            # An accent over nothing is the sign itself.
            if piece == "}":
                written += pending
                pending.clear()
        elif piece.startswith("\\") and len(piece) > 1:
            _command(piece, written, pending)
        else:
            _words(piece, written, pending, is_math)
    written += pending
    return " ".join(unicodedata.normalize("NFC", "".join(written)).split())


def encode(text: str) -> str:
    """Return a field that `decode` reads as this text."""
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0]) or found[0] + "{}", text)


def plain_address(text: str) -> str:
    """Return a DOI or address without the escapes that Mendeley and others put into it."""
    return re.sub(r"\{?\\([_%&#$~{}])(?:\{\})?\}?", r"\1", text).replace("{", "").replace("}", "").strip()


def _command(piece: str, written: list[str], pending: list[str]) -> None:
    name = piece[1:].strip().rstrip("*")
    if name in _LETTERS:
        _letters(_LETTERS[name], written, pending)
    elif name in _ACCENTS:
        pending.append(name)
    elif name in _SIGNS:
        written.append(_SIGNS[name])
    elif name in _DRESS or name in ("-", "/", "relax"):
        return
    elif not name or name in (" ", ",", ";", ":", "!", "\n", "\\"):
        written.append(" ")
    elif len(name) == 1 and not name.isalpha():
        written.append(name)
    else:
        written.append(piece)


def _words(piece: str, written: list[str], pending: list[str], is_math: bool) -> None:
    if piece in _LIGATURES:
        written.append(_LIGATURES[piece])
    elif is_math and piece[0] in "^_" and len(piece) > 1:
        written.append(piece[1:].strip("{}").translate(_RAISED if piece[0] == "^" else _LOWERED))
    else:
        _letters(piece, written, pending)


def _letters(words: str, written: list[str], pending: list[str]) -> None:
    """Write words; an accent that waits goes onto their first letter."""
    if pending:
        words = words.lstrip() or words
        first = {"ı": "i", "ȷ": "j"}.get(words[0], words[0])
        words = first + "".join(_ACCENTS[mark] for mark in reversed(pending)) + words[1:]
        pending.clear()
    written.append(words)
