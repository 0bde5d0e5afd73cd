"""The form that uploads files of sources."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from articles.library.file_import import LARGEST

_MOST_FILES = 20
_FORMATS = (
    ("", _("Detect for each record")),
    ("ris", "RIS"),
    ("bibtex", "BibTeX"),
    ("nbib", _("NBIB (PubMed)")),
    ("csl-json", "CSL-JSON"),
)


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, each of them no larger than the library takes."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given or [None]]
        if len(files) > _MOST_FILES:
            raise ValidationError(_("Choose at most %d files at once.") % _MOST_FILES)
        for file in files:
            if file.size > LARGEST:
                words = _(
                    "%(name)s is %(size)s; the limit is %(most)s. Split the file, or ask the administrator of this "
                    "site."
                )
                facts = {"name": file.name, "size": filesizeformat(file.size), "most": filesizeformat(LARGEST)}
                raise ValidationError(words % facts)
        return files


class UploadSourcesForm(forms.Form):
    uploads = FilesField(
        label=_("Files"),
        help_text=_("RIS, BibTeX, NBIB or CSL-JSON, as exported by Zotero, EndNote, Mendeley, PubMed and others."),
    )
    format = forms.ChoiceField(label=_("Format"), choices=_FORMATS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
