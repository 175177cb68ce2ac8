"""Case studies in each state that a door needs: Entraide and Les Jardins are named."""

from maillage.cooperations.models import CaseStudyDraft
from maillage.editorial.models import Comment, Editor
from tests.factories.accounts import UserFactory
from tests.factories.cooperations import CooperationFactory
from tests.factories.editorial import agree_to_all, case_study, news


def add_to(scene):
    here, now = [scene["tilleuls"]], scene["now"]
    names = [scene["entraide"], scene["jardins"]]
    scene["case_draft"] = case_study(names=names, territories=here)
    agree_to_all(scene["case_draft"], state="asked")
    scene["case_draft"].assents.update(fingerprint="0" * 64)
    scene["case_asked"] = case_study(names=names, territories=here)
    agree_to_all(scene["case_asked"], state="asked")
    scene["case_agreed"] = case_study(names=names, territories=here)
    agree_to_all(scene["case_agreed"])
    scene["case_live"] = case_study(
        territories=here, live=True, comments_open=True, findings=[("lever", "trust", "Oui.")]
    )
    scene["case_withdrawable"] = case_study(names=names, territories=here, live=True)
    scene["news_open"] = news(comments_open=True)
    scene["to_tell"] = CooperationFactory(partners=names, territories=here, stage="ended", published=True)
    CaseStudyDraft.objects.create(cooperation=scene["to_tell"], prepared_at=now)
    scene["said"] = Comment.objects.create(
        page=scene["case_live"], author=scene["colleague"], name="Z.", text="Bravo.", written_at=now
    )
    scene["editor"] = Editor.objects.create(user=UserFactory(), subject="news", since=now)
