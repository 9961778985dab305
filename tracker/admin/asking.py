"""What an address may ask of a list or a form: anything else is answered as a bad request, never by a server error."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse

LOOKUPS = {"exact", "id__exact", "isnull", "isempty", "year", "month", "day"}  # those that filters of ours write
MOST_DIGITS = 18  # a number that every database can hold
MOST_WORDS, MOST_LETTERS = 12, 400


def is_number(text: str) -> bool:
    """Whether the text can be the number of a record in any database."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


class Asked(admin.ModelAdmin):
    """A list that is asked by addresses which anybody may have typed."""

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """Only the lookups of the page's own filters, not any that an address may name."""
        named = [_stem_of(item) for item in super().get_list_filter(request)]
        stems = [stem for stem in (*named, self.date_hierarchy) if stem]
        asked = {lookup.removeprefix(f"{stem}__") for stem in stems if lookup.startswith(f"{stem}__")}
        known = lookup in stems or bool(asked & LOOKUPS)
        return known and super().lookup_allowed(lookup, value, request)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list; values that no filter can use lead back to the plain list, as Django's other odd values do."""
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError) as error:
            if set(request.GET) <= {ERROR_FLAG}:  # nothing was asked: the fault is not the address's
                raise
            raise IncorrectLookupParameters(error) from error

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """The rows that hold the first dozen words: more of them make a question that SQLite cannot hold."""
        words = search_term[:MOST_LETTERS].split()[:MOST_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, or a change of the rows chosen in it, where what was chosen can be rows."""
        if not all(is_number(chosen) for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise SuspiciousOperation("What was chosen is no row of the list.")
        return super().changelist_view(request, extra_context)


def _stem_of(item: Any) -> str:
    """The name with which a filter's words begin in an address."""
    if isinstance(item, tuple):
        return item[0]
    return item if isinstance(item, str) else item.parameter_name


class RecordSelect(AutocompleteSelect):
    """A choice among many records: what cannot be a record's number is none of them."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """The options shown as chosen, which the address or the form may name."""
        return super().optgroups(name, [each for each in value if is_number(str(each))], attrs)


class OwnFieldsAutocomplete(AutocompleteJsonView):
    """Looks records up for a field that a record has, not by the way back from another record's field."""

    def process_request(self, request: HttpRequest) -> Any:
        """Django's own checks; a way back, by which Django's view would break, is refused like an unknown field."""
        try:
            found = super().process_request(request)
        except AttributeError as error:
            raise PermissionDenied from error
        if not found[2].concrete:
            raise PermissionDenied
        return found
