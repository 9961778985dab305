"""Sending a form as a person does, and reading what stands beside its fields."""

from django.urls import reverse


def send(client, name, row, *more, **given):
    """Open the form as a person does, then send it with what they entered."""
    address = reverse(name, args=[row.pk, *more])
    opened = client.get(address)
    hidden = {f.html_name: f.value() or "" for f in opened.context["form"].hidden_fields()}
    return client.post(address, {**hidden, **given})


def shown(answer, field):
    return " ".join(answer.context["form"][field].errors)
