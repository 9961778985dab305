"""Every address of the admin, so that a walk misses none."""

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from tracker.admin.site import site
from tracker.models import Authority

MODELS = sorted(site._registry, key=lambda model: model._meta.model_name)


def stem(model):
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def of_authority(model, authority):
    """The rows of a kind that belong to the authority; none for a kind that belongs to nobody."""
    paths = {
        "action": "authority",
        "authority": "pk",
        "boardmeeting": "authority",
        "challenge": "authority",
        "event": "chain__authority",
        "evidence": "action__authority",
        "extension": "action__authority",
        "intake": "authority",
        "membership": "authority",
        "pack": "authority",
        "recommendation": "report__authority",
        "report": "authority",
        "statutorystep": "report__authority",
        "user": "memberships__authority",
    }
    path = paths.get(model._meta.model_name)
    return model._default_manager.filter(**{path: authority.pk}) if path else model._default_manager.none()


def lists(model):
    """The list of a kind, plain and searched, sorted, with counts, and its form to add one."""
    address = reverse(f"{stem(model)}_changelist")
    return [address, f"{address}?_facets=True&all=&o=-1&q=e", reverse(f"{stem(model)}_add")]


def some_of(model, authority):
    """Of each sort of row the oldest and the newest: an event's sort is its kind, another row's is the plan it is of."""
    rows = of_authority(model, authority).order_by("pk")
    sorts = {"event": "kind", "action": "recommendation__report", "recommendation": "report", "statutorystep": "step"}
    if sort := sorts.get(model._meta.model_name):
        told = rows.values_list(sort, "pk")
        return rows.filter(pk__in={*dict(told).values(), *dict(reversed(told)).values()})
    return rows


def rows_of(model, authority):
    """Every page of the rows of a kind that belong to the authority."""
    for row in some_of(model, authority):
        for page in ("change", "history", "delete"):
            yield reverse(f"{stem(model)}_{page}", args=[row.pk])
        for page in site._registry[model].pages:
            yield reverse(f"{stem(model)}_page", args=[row.pk, page.name])
        if model._meta.model_name == "evidence":
            yield reverse("admin:tracker_evidence_download", args=[row.pk])
        kind = ContentType.objects.get_for_model(model).pk
        yield reverse("admin:view_on_site", args=[kind, row.pk])


def lookups(model, authority):
    """The list of a kind asked by raw lookups that name rows of the authority, and by words that stand in them."""
    address = reverse(f"{stem(model)}_changelist")
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete:
            for row in of_authority(field.related_model, authority)[:1]:
                yield f"{address}?{field.name}__id__exact={row.pk}"
    for row in of_authority(model, authority)[:1]:
        yield f"{address}?id__exact={row.pk}"
    yield f"{address}?authority__id__exact={authority.pk}"
    yield f"{address}?password__startswith=a"


def autocompletes():
    """Every autocomplete that an address can ask for."""
    address = reverse("admin:autocomplete")
    for model in MODELS:
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete:
                name = f"app_label=tracker&model_name={model._meta.model_name}&field_name={field.name}"
                yield f"{address}?{name}"
                yield f"{address}?term=e&{name}"


def everything(authority: Authority):
    """Every address of the admin that could tell of the authority."""
    yield reverse("admin:index")
    yield reverse("admin:app_list", args=["tracker"])
    yield from autocompletes()
    for model in MODELS:
        yield from lists(model)
        yield from lookups(model, authority)
        yield from rows_of(model, authority)
