"""The operator's screen: what waits, what left, what could not. Never what a message says."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from .models import Message


class ReadOnly(ModelPermissionPolicy):
    """Who may view; nobody adds, changes or deletes."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return "view" in actions and self.user_has_permission(user, "view")


class MessageViewSet(ModelViewSet):
    """A body may hold a sign-in code or a link that signs: it is on no screen."""

    model = Message
    name = "messages"
    menu_label = _("Messages")
    icon = "mail"
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    exclude_form_fields = ["body", "reply_to", "stop_url"]
    permission_policy = ReadOnly(Message)
    ordering = ["-created_at"]
    list_display = ["kind", "recipient", "created_at", "sent_at", "attempts", "abandoned_at", "last_error"]
    list_filter = ["kind", "sent_at", "abandoned_at"]
    search_fields = ["recipient"]
    search_backend_name = None
    list_per_page = 50
    inspect_view_fields = [*list_display, "subject", "next_attempt_at"]

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]


@hooks.register("register_admin_viewset")
def register_messages():
    return MessageViewSet()
