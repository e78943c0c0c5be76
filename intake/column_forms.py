"""The form of a ledger's columns."""

from __future__ import annotations

from typing import Any

from django import forms

from intake.columns import Columns
from intake.reader.sheets.heads import LABELS, Layout, Meaning

CHOICES = [("", "请选择"), *((str(meaning), label) for meaning, label in LABELS.items())]


class PlaceForm(forms.Form):
    """Which sheet and which row of it has the heads; a value that is none leaves them as they are."""

    sheet = forms.CharField(required=False)
    head = forms.IntegerField(required=False)

    def place(self) -> dict[str, Any]:
        """Sheet and head, None where they are not given."""
        self.full_clean()
        sheet = self.cleaned_data.get("sheet") if "sheet" in self.data else None
        return {"sheet": sheet, "head": self.cleaned_data.get("head")}


class ColumnsForm(forms.Form):
    """A select a column: what it holds."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, columns: Columns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for shown in columns.shown:
            self.fields[f"column_{shown.index}"] = forms.ChoiceField(
                label=f"{shown.letters}列是什么",
                choices=CHOICES,
                required=False,
                initial=columns.layout.columns.get(shown.index, ""),
            )

    def rows(self) -> list[Any]:
        """Each column with its select, as the table's head shows them."""
        return [(shown, self[f"column_{shown.index}"]) for shown in self.columns.shown]

    def layout(self) -> Layout:
        """The layout as chosen."""
        chosen = {shown.index: self.cleaned_data[f"column_{shown.index}"] for shown in self.columns.shown}
        columns = {index: Meaning(meaning) for index, meaning in chosen.items() if meaning}
        known = self.columns.layout
        return Layout(known.sheet, known.head, known.depth, columns)
