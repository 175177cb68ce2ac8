"""The steps of signing in, after the e-mailed code."""

from allauth.mfa import stages

from .second_factor import is_asked_at_sign_in


class AuthenticateStage(stages.AuthenticateStage):
    """Allauth asks whoever has any factor; we do not ask who only has a passkey to come in faster."""

    def handle(self):
        if self.login.user is not None and not is_asked_at_sign_in(self.login.user):
            return None, True
        return super().handle()
