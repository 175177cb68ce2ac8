"""Who edits the national text, or enters the back office, has shown more than a mailbox in this session."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from .second_factor import has_passed, has_second_factor, must_pass


class StaffSecondFactor:
    """Leads staff to give their second factor, or to choose one, and back to where they were going."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.STAFF_SECOND_FACTOR or not request.path.startswith(tuple(settings.STAFF_PATHS)):
            return None
        if not must_pass(request.user) or has_passed(request):
            return None
        if has_second_factor(request.user):
            back = request.get_full_path() if request.method == "GET" else request.path
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")
        messages.info(
            request,
            gettext(
                "Pour entrer ici, votre compte a besoin d’un second moyen de preuve. Choisissez-en un ci-dessous."
            ),
        )
        return HttpResponseRedirect(reverse("mfa_index"))
