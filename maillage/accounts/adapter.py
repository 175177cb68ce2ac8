"""How allauth speaks with the rest: its e-mails go through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from django.template.loader import render_to_string
from django.utils import timezone

from maillage.messaging.models import Message


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in codes are messages like the others: kept until sent, visible to the operator."""

    def send_mail(self, template_prefix, email, context):
        now = timezone.now()
        context = {**context, "email": email}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        Message.objects.create(
            kind=template_prefix.rsplit("/", 1)[-1],
            recipient=email,
            subject=subject,
            body=render_to_string(f"{template_prefix}_message.txt", context),
            created_at=now,
            next_attempt_at=now,
        )
