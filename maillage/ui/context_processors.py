from django.conf import settings


def site(request):
    """What the skeleton needs on every page."""
    return {"site_name": settings.SITE_NAME, "site_address": settings.SITE_ADDRESS, "demo": settings.DEMO}
