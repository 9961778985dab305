"""The rule of the admin: no page writes by itself, and none shows what tracker.access does not.

A form is a set of inputs. Saving calls one verb of tracker.services; where the verb refuses, nothing has been written,
the form is checked once more and its clean() sets the sentence beside the field it names, with all that was typed.
Rows, options, filters, autocompletes and history come from tracker.access.visible; nothing can be deleted.
"""

from datetime import datetime
from typing import Any

from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from tracker.access import Actor
from tracker.admin.asking import Asked
from tracker.admin.list_filters import VisibleRelatedFilter
from tracker.admin.pages import Page, serve
from tracker.admin.rights import is_visible, kept, reaches
from tracker.admin.scope import Scoped
from tracker.admin.trail_page import lines_of
from tracker.admin.verb_forms import Returned, Values, VerbForm, returned_to
from tracker.choices import Channel
from tracker.rules.roles import Ability
from tracker.web.acting import actor_of, day_in, moment_of


class VerbAdmin(Scoped, Asked):
    """A page of records. `sight` is the ability that shows them, `keeping` the one that changes or adds them."""

    form = VerbForm
    sight: Ability | None = Ability.SEE_PLAN
    keeping: Ability | None = None
    adding: Ability | None = None
    pages: tuple[Page, ...] = ()
    view_on_site = False
    list_per_page = 50
    list_max_show_all = 200
    change_list_template = "admin/tracker/change_list.html"
    change_form_template = "admin/tracker/change_form.html"

    class Media:
        css = {"all": ["tracker/admin/admin.css"]}

    # What the person may do.

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the index lists this kind of record."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person may see this record, or any of its kind."""
        if obj is not None:
            return is_visible(obj, request)
        return request.user.is_active and (self.sight is None or reaches(request, self.sight))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person may change this record, or any of its kind, by a form."""
        if self.keeping is None:
            return False
        held = kept(request, self.keeping)
        return bool(held) if obj is None else is_visible(obj, request) and self.authority_of(obj) in held

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether the person may add a record of this kind."""
        return self.adding is not None and bool(kept(request, self.adding))

    def authority_of(self, row: Any) -> Any:
        """The authority a record belongs to."""
        return row.authority

    # What is shown.

    def get_list_filter(self, request: HttpRequest) -> list:
        """The filters; one on a related record offers only those that the person may see."""
        return [self._scoped_filter(item) for item in super().get_list_filter(request)]

    def _scoped_filter(self, item: Any) -> Any:
        if isinstance(item, str) and self._is_related(item):
            return (item, VisibleRelatedFilter)
        if isinstance(item, tuple) and issubclass(item[1], RelatedFieldListFilter):
            return (item[0], item[1] if issubclass(item[1], VisibleRelatedFilter) else VisibleRelatedFilter)
        return item

    def _is_related(self, name: str) -> bool:
        opts: Any = self.model._meta
        for part in name.split("__"):
            try:
                field = opts.get_field(part)
            except FieldDoesNotExist:
                return False
            opts = field.related_model._meta if field.is_relation else opts
        return bool(field.is_relation)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form's class for this request."""
        form = super().get_form(request, obj, change, **kwargs)
        form.request = request  # type: ignore[attr-defined]
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> Values:
        """Whoever may add in one authority only need not say in which."""
        held = kept(request, self.adding) if self.adding else []
        only: Values = {"authority": held[0].pk} if len(held) == 1 else {}
        return {**only, **super().get_changeform_initial_data(request)}

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list:
        """What belongs to a record is shown once the record is there."""
        return super().get_inline_instances(request, obj) if obj is not None else []

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Values | None = None) -> HttpResponse:
        """The record's lines in the trail, for those who may read it."""
        row = self.visible_or_404(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {row}",
            "lines": lines_of(row, request),
            "object": row,
            "opts": self.opts,
            "media": self.media,
            "may_read": reaches(request, Ability.SEE_TRAIL),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/tracker/trail.html", context)

    # What is done.

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Django's page for one record; where the verb refuses, the same page with its sentence and nothing written."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Returned as returned:
            request.returned = returned  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def add_row(self, request: HttpRequest, values: Values, by: Actor, at: datetime) -> Any:
        """Add by a verb what was typed, and give the record."""
        raise PermissionDenied

    def change_row(self, row: Any, form: VerbForm, by: Actor, at: datetime) -> None:
        """Change by a verb what was typed."""
        raise PermissionDenied

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """The record as it is: it is the verb that changes it."""
        return form.instance

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Call the verb."""
        by, at = actor_of(request, Channel.ADMIN), moment_of(request)
        with returned_to(form):
            if not change:
                request.made = self.add_row(request, form.cleaned_data, by, at)  # type: ignore[attr-defined]
            elif form.touched():
                self.change_row(obj, form, by, at)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """On from the record that the verb has made."""
        return super().response_add(request, request.made, post_url_continue)  # type: ignore[attr-defined]

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        """Call the verbs of the records beside it."""
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Each new row by its verb; the rows that are there are read-only."""
        by, at = actor_of(request, Channel.ADMIN), moment_of(request)
        for row in formset.extra_forms:
            if row.has_changed():
                with returned_to(row):
                    formset.add_row(form.instance, row.cleaned_data, by, at)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list:
        """The trail is the record of what was done."""
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's own log is not kept."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's own log is not kept."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Django's own log is not kept, and nothing is deleted."""

    # The small pages beside a record.

    def get_urls(self) -> list[URLPattern]:
        """Django's addresses, after those of the small pages."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_page"
        own = path("<path:object_id>/page/<slug:name>/", self.admin_site.admin_view(self.page_view), name=name)
        return [own, *super().get_urls()]

    def page_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """A small form of its own, for one verb on one record."""
        row = self.visible_or_404(request, object_id)
        page = next((page for page in self.pages if page.name == name), None)
        if page is None or not self.has_view_permission(request, row):
            raise Http404
        return serve(page, row, self, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Django's page, with what may be done beside the form."""
        row = self.get_object(request, unquote(object_id))
        deeds = self.deeds(request, row) if row else []
        closed = any(deed["closed"] for deed in deeds)
        context = {"deeds": deeds, "has_closed_deeds": closed, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """One record at a time: there is nothing to add another of in passing."""
        return super().render_change_form(request, {"show_save_and_add_another": False, **context}, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list under its plain name."""
        title = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def deeds(self, request: HttpRequest, row: Any) -> list[Values]:
        """Every small page of a record: its label, its address, and the sentence that closes it, if one does."""
        by, on = actor_of(request, Channel.ADMIN), day_in(request)
        return [
            {"label": page.label, "address": self.page_address(row, page.name), "closed": page.closed(row, by, on)}
            for page in self.pages
        ]

    def facts(self, row: Any, request: HttpRequest) -> list[tuple[str, Any]]:
        """What a small page tells of the record it is about: a label and a value each."""
        return [(str(self.opts.verbose_name).capitalize(), row)]

    def page_address(self, row: Any, name: str) -> str:
        """The address of a small page of a record."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_page", args=[row.pk, name])

    def visible_or_404(self, request: HttpRequest, object_id: str) -> Any:
        """The record of that number among those the person may see."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row
