"""Writing to an organisation by its page."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.organisations import actions
from maillage.organisations.models import Organisation
from maillage.organisations.profile_forms import WriteForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, slug):
    """The relay: neither side reads the address of the other on any page."""
    gone = Organisation.objects.filter(slug=slug, merged_into__isnull=False).select_related("merged_into").first()
    if gone:
        return redirect("directory:write", slug=gone.merged_into.slug, permanent=True)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    refusal = actions.why_not_reachable(organisation)
    form = WriteForm(request.POST or None, initial=_known_of(request.user))
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            actions.write_to(organisation, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            refusal = " ".join(error.messages)
        else:
            # Shown at once and kept nowhere: not in a session, not in the address.
            return render(request, "directory/written.html", {"organisation": organisation, "form": form})
    context = {"organisation": organisation, "form": form, "refusal": refusal}
    return render(request, "directory/write.html", context, status=409 if refusal and request.POST else 200)


def _known_of(user):
    return {"name": user.get_full_name(), "email": user.email} if user.is_authenticated else {}
