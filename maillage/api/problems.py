"""Refusals that a program can act on: a stable code, and a sentence in French for whoever reads the log."""

from django.http import JsonResponse
from django.utils.translation import gettext as _

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """What is wrong with a request. ``code`` never changes; ``detail`` is for people."""

    def __init__(self, status, code, detail):
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail


def unknown():
    return Problem(404, "introuvable", _("Rien à cette adresse. La liste des ressources est à /api/v1/."))


def bad_cursor():
    return Problem(
        400,
        "curseur_invalide",
        _("Ce curseur n’a pas été donné par cette ressource, ou il a été coupé. Reprenez l’adresse de `suivant`."),
    )


def respond(status, code, detail, errors=()):
    """After RFC 9457; ``errors``: the parameters that are refused, each with its reason."""
    content = {"status": status, "code": code, "detail": str(detail), "erreurs": list(errors)}
    response = JsonResponse(
        content, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    response["Cache-Control"] = "no-store"
    return response


def respond_to_problem(request, problem):
    return respond(problem.status, problem.code, problem.detail)


def respond_to_not_found(request, _error):
    problem = unknown()
    return respond(problem.status, problem.code, problem.detail)


def respond_to_wrong_parameters(request, wrong):
    """``wrong``: the API library's own list, in English; the reader gets French."""
    errors = [{"parametre": str(error["loc"][-1])[:60], "raison": _reason(error)} for error in wrong.errors]
    return respond(400, "parametre_invalide", _("Un paramètre de l’adresse n’est pas compris."), errors)


def _reason(error):
    kind, context = error["type"], error.get("ctx", {})
    if kind == "literal_error":
        return _("valeurs possibles : %(values)s") % {"values": context["expected"].replace(" or ", ", ")}
    if kind == "string_pattern_mismatch":
        return _("forme attendue : %(pattern)s") % {"pattern": context["pattern"]}
    if kind == "string_too_long":
        return _("%(most)s caractères au plus") % {"most": context["max_length"]}
    if kind == "greater_than_equal":
        return _("%(least)s au moins") % {"least": context["ge"]}
    if kind == "less_than_equal":
        return _("%(most)s au plus") % {"most": context["le"]}
    return _("un nombre est attendu") if kind.startswith(("int", "float", "finite", "value")) else _("valeur refusée")


def respond_instead_of(response):
    """A problem in the place of a page meant for people; what a program needs of it is kept."""
    words = {
        400: ("requete_invalide", _("Cette demande n’est pas comprise.")),
        404: ("introuvable", unknown().detail),
        405: ("lecture_seule", _("Cette interface se lit seulement : GET, HEAD ou OPTIONS.")),
        429: ("trop_de_demandes", _("Trop de demandes. Attendez le nombre de secondes de l’en-tête Retry-After.")),
    }
    code, detail = words.get(
        response.status_code, ("erreur", _("Une erreur s’est produite de notre côté. Elle a été notée."))
    )
    problem = respond(response.status_code, code, detail)
    for name in ("Retry-After", "Allow"):
        if response.has_header(name):
            problem[name] = response[name]
    return problem
