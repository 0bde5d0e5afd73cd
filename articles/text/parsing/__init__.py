"""The one Markdown parser: limits of size, blocks, inlines, links and citation markers."""
