"""Medians of repeated work, with the statements it took."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def milliseconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def median_ms(work: Callable[[], Any], *, times: int) -> float:
    """Return the median milliseconds of `work`, after one run that compiles patterns and loads tables."""
    work()
    return statistics.median(milliseconds(work) for _ in range(times))


def median_step(step: Callable[[Any], Any], inputs: list[Any]) -> tuple[float, int]:
    """Return the median milliseconds of a step over its inputs, and the statements of the last one."""
    times = []
    statements = 0
    for one in inputs:
        with CaptureQueriesContext(connection) as captured:
            times.append(milliseconds(lambda one=one: step(one)))
        statements = len(captured)
    return statistics.median(times), statements
