"""Medians of repeated work, with the statements it took."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    work: str
    result: str
    compared: str
    goal: str


def median_ms(work: Callable[[Any], Any], inputs: list[Any]) -> tuple[float, int]:
    """Return the median milliseconds of `work` over its inputs, and the statements of the last run."""
    times = []
    statements = 0
    for one in inputs:
        with CaptureQueriesContext(connection) as captured:
            begun = time.perf_counter()
            work(one)
            times.append((time.perf_counter() - begun) * 1000)
        statements = len(captured)
    return statistics.median(times), statements
