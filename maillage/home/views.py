"""The front page, what the law expects, and whether the machine is well."""

import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.charters.models import RegisterHead
from maillage.messaging.models import Message
from maillage.privacy.processing import KEPT
from maillage.ui.page_cache import kept_for_visitors

from . import queries

LATE = datetime.timedelta(minutes=10)


@require_safe
@kept_for_visitors()
def home(request):
    context = {
        "signatures": queries.latest_signatures(request.user, limit=2),
        "texts": queries.latest_texts(request.user, limit=1),
        "figures": queries.figures(request.user),
        "has_text_to_sign": queries.has_text_to_sign(),
    }
    return render(request, "home/home.html", context)


def _operator():
    names = ("OPERATOR_NAME", "OPERATOR_ADDRESS", "OPERATOR_CONTACT", "OPERATOR_DIRECTOR", "HOST_NAME")
    return {name.lower(): getattr(settings, name) for name in names}


@require_safe
@kept_for_visitors()
def accessibility(request):
    return render(request, "home/accessibility.html", _operator())


@require_safe
@kept_for_visitors()
def legal(request):
    return render(request, "home/legal.html", _operator())


@require_safe
@kept_for_visitors()
def privacy(request):
    return render(request, "home/privacy.html", {**_operator(), "kept": KEPT})


@require_safe
@kept_for_visitors()
def sitemap(request):
    return render(request, "home/sitemap.html", {"has_text_to_sign": queries.has_text_to_sign()})


@never_cache
@require_safe
def health(request):
    """`{"status": "ok", …}`, or 503 where the database does not answer.

    `queue.late`: messages due for more than ten minutes. `register`: how many entries, and the last hash.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        now = timezone.now()
        head = RegisterHead.objects.filter(pk=1).values("sequence", "hash").first()
        queue = {
            "waiting": Message.objects.waiting().count(),
            "late": Message.objects.due(now - LATE).count(),
            "abandoned": Message.objects.filter(abandoned_at__isnull=False).count(),
        }
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "down"}, status=503)
    register = {"entries": head["sequence"], "head": head["hash"]} if head else {"entries": 0, "head": ""}
    status = "late" if queue["late"] else "ok"
    return JsonResponse({"status": status, "database": "ok", "queue": queue, "register": register})
