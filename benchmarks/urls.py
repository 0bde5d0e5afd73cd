"""The site's addresses, and the bare view it is compared with: the same bytes, held in memory."""

import os
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path

_FOLDER = os.environ.get("BENCH_PAGES")
_PAGES = {page.name: page.read_bytes() for page in Path(_FOLDER).iterdir()} if _FOLDER else {}


@login_not_required
def bare(request, name):
    return HttpResponse(_PAGES[name])


urlpatterns = [path("bare/<str:name>", bare), path("", include("cms.urls"))]
