"""Whoever saves or deletes a thing that is found, from anywhere, says so here: nobody has to think of it."""

from functools import partial

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from . import actions
from .sources import SOURCES


def connect():
    for source in SOURCES:
        _connect(post_save, source.model, source, "itself", partial(_saved, source))
        _connect(post_delete, source.model, source, "itself", partial(_deleted, source))
        for model, numbers in source.beside.items():
            told = partial(_beside, source, numbers)
            _connect(post_save, model, source, "beside", told)
            _connect(post_delete, model, source, "beside", told)
        for field in source.links:
            through = getattr(source.model, field).through
            _connect(m2m_changed, through, source, field, partial(_linked, source))
    for signal in (page_published, page_unpublished):
        signal.connect(_page_moved, dispatch_uid="search-page")


def _connect(signal, sender, source, what, receiver):
    signal.connect(
        receiver, sender=sender, weak=False, dispatch_uid=f"search-{source.kind}-{what}-{sender._meta.label}"
    )


def _saved(source, *, instance, raw=False, **_signal):
    if not raw:
        actions.tell_anew(source.kind, [instance.pk])


def _deleted(source, *, instance, **_signal):
    actions.forget(source.kind, [instance.pk])


def _beside(source, numbers, *, instance, raw=False, **_signal):
    if not raw:
        actions.tell_anew(source.kind, numbers(instance))


def _linked(source, *, instance, action, pk_set, **_signal):
    """A place is added to a thing, or a thing to a place: both ways are told."""
    if not action.startswith("post_"):
        return
    pks = [instance.pk] if isinstance(instance, source.model) else pk_set or ()
    actions.tell_anew(source.kind, pks)


def _page_moved(*, instance, **_signal):
    for source in SOURCES:
        if isinstance(instance, source.model):
            actions.tell_anew(source.kind, [instance.pk])
