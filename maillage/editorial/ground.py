"""What editors find on the first day: sections, chapters in our own words, groups of rights, a moderation.

Laid once, after the migrations; what an editor changed or removed is never put back.
"""

import json
from pathlib import Path

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_noop as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

DATA = Path(__file__).parent / "data"
WRITING = {
    "cases": _("Édition : pratiques"),
    "guide": _("Édition : guide"),
    "news": _("Édition : actualités"),
}
READING = _("Relecture")
"""Groups of the back office: who writes each subject, and who lets through."""


def lay_ground(**_signal):
    """Called after `migrate`. Does nothing where the sections are there."""
    from .models import CasesSection, CaseStudy, Guide, GuideChapter, NewsSection

    if Guide.objects.exists() or CasesSection.objects.exists() or NewsSection.objects.exists():
        return
    home = _home()
    guide = home.add_child(instance=Guide(title="Le guide de la coopération", slug="guide", **_told("guide.json")))
    cases = home.add_child(instance=CasesSection(title="Pratiques", slug="pratiques", **_told("pratiques.json")))
    news = home.add_child(instance=NewsSection(title="Actualités", slug="actualites"))
    _give_rights({"guide": guide, "cases": cases, "news": news})
    for chapter in json.loads((DATA / "chapitres.json").read_text()):
        _start(guide, GuideChapter(**_written(chapter)))
    for monograph in json.loads((DATA / "monographies.json").read_text()):
        _start(cases, CaseStudy(to_complete=True, **_written(monograph)))


def _home():
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = site.root_page if site else Page.get_first_root_node()
    if home.depth > 1 and home.title.startswith("Welcome"):
        home.title = home.draft_title = "Maillage"
        home.save()
    return home


def _told(name):
    return json.loads((DATA / name).read_text())


def _written(told):
    """The fields of a page; its body is a list of [block, value]."""
    fields = dict(told)
    if "body" in fields:
        fields["body"] = json.dumps([{"type": kind, "value": value} for kind, value in fields["body"]])
    return fields


def _start(parent, page):
    parent.add_child(instance=page)
    revision = page.save_revision(log_action=False)
    page.latest_revision = page.live_revision = revision
    page.save(update_fields=["latest_revision", "live_revision"])


def _give_rights(sections):
    """A group a subject, and one that lets through; the rights of Wagtail's two groups on the whole tree end."""
    enters = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    pages = {one.codename: one for one in Permission.objects.filter(content_type__app_label="wagtailcore")}
    pictures = Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=["add_image", "choose_image"]
    )
    reading, _made = Group.objects.get_or_create(name=READING)
    groups = {subject: Group.objects.get_or_create(name=name)[0] for subject, name in WRITING.items()}
    for group in (reading, *groups.values()):
        group.permissions.add(enters)
        for permission in pictures:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
    for subject, section in sections.items():
        for group, codenames in (
            (groups[subject], ["add_page", "change_page"]),
            (reading, ["change_page", "publish_page"]),
        ):
            for codename in codenames:
                GroupPagePermission.objects.get_or_create(group=group, page=section, permission=pages[codename])
        _moderate(section, reading)


def _moderate(section, reading):
    from .models import ReadingTask

    workflow, made = Workflow.objects.get_or_create(name="Relecture avant publication")
    if made:
        task = ReadingTask.objects.create(name="Relecture")
        task.groups.add(reading)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.get_or_create(page=section, defaults={"workflow": workflow})
