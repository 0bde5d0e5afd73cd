"""A text enters here once and leaves as HTML, quantities and findings. Nothing here knows Django but `sanitising`."""
