"""The renderer of each rendering version that is still in use: what it makes of a text never changes."""

from collections.abc import Callable
from typing import Any

from articles.text.rendering.body import RENDERING_VERSION, render_body

# A version stands here until no publication uses a rendering of it.
RENDERERS: dict[int, Callable[[dict[str, Any], str], str]] = {RENDERING_VERSION: render_body}
