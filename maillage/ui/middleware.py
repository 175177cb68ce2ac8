from django.conf import settings


class BackOfficePolicy:
    """Gives Wagtail's back office, which has inline scripts, a content policy of its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/gestion/"):
            response["Content-Security-Policy"] = settings.BACK_OFFICE_POLICY
        return response
