"""Every address that takes a POST: what is sent to it, who may, and who may know of it.

A route that takes a POST and stands neither in DOORS nor in OF_ONES_OWN fails `test_doors.py`.
"""

import importlib
from pathlib import Path

from .door import (
    ADAPTED,
    ANYBODY,
    MEMBERS_HERE,
    PERSON,
    PROMOTERS,
    SIGNED_IN,
    SIGNING,
    WORDS,
    Door,
    _article,
    _file,
    _idea,
    _imported,
    _in,
    _organisation,
    _pair,
    _sent,
    _sheet,
    _signature,
    _text,
    _uuid,
)

DOORS = {
    # signatures
    "charters:sign-new-organisation": Door(ANYBODY, data=_organisation),
    "charters:adaptation-sign-new-organisation": Door(ANYBODY, where=_text("adopted"), data=_organisation),
    "charters:sign-particulars": Door(ANYBODY, where=_uuid("free"), data=_sent(**SIGNING)),
    "charters:adaptation-sign-particulars": Door(
        ANYBODY,
        where=lambda scene: {"slug": scene["adopted"].adaptation.slug, "uuid": scene["free"].uuid},
        data=_sent(**SIGNING),
    ),
    "charters:signature-send-again": Door(ANYBODY, where=_uuid("request")),
    "charters:confirm-signature": Door(ANYBODY, where=lambda scene: {"token": scene["confirm_token"]}),
    "charters:renew": Door(ANYBODY, where=lambda scene: {"link": scene["renewal_link"]}),
    "charters:renew-mine": Door(frozenset({"bruno"}), sees=SIGNED_IN, where=_signature),
    "charters:withdraw": Door(frozenset({"bruno"}), sees=SIGNED_IN, where=_signature, data=_sent(reason="Non.")),
    "charters:new-version": Door(frozenset({"bruno"}), sees=SIGNED_IN, where=_signature),
    "charters:gatherings": Door(frozenset({"elsa"}), sees=SIGNED_IN, data=_sheet),
    "charters:gathering": Door(
        frozenset({"elsa"}),
        sees=SIGNED_IN,
        where=_uuid("gathering"),
        data=lambda scene: {
            **PERSON,
            "email": "p@exemple.org",
            "organisation": scene["one"].pk,
            "involvement": "sign_only",
        },
    ),
    "charters:help-sign": Door(
        frozenset({"elsa"}), where=_uuid("helped"), data=lambda scene: {"code": scene["code"]}
    ),
    # organisations that are one, or are gone
    "charters:merge": Door(frozenset({"elsa"}), sees=SIGNED_IN, where=_pair),
    "charters:say-distinct": Door(frozenset({"elsa"}), sees=SIGNED_IN, where=_pair),
    "charters:close-organisation": Door(
        frozenset({"amina", "elsa"}),
        sees=SIGNED_IN,
        where=_uuid("entraide"),
        data=_sent(is_sure="on", dissolved_on=_in(-5)),
    ),
    # adaptations and their life
    "charters:propose-adaptation": Door(
        MEMBERS_HERE,
        sees=SIGNED_IN - {"hugo"},
        told=frozenset({"hugo"}),
        data=_idea,
    ),
    "charters:open-adaptation": Door(
        MEMBERS_HERE,
        sees=SIGNED_IN - {"hugo"},
        told=frozenset({"hugo"}),
        data=lambda scene: {
            "name": "Une autre",
            "territories": [scene["tilleuls"].slug],
            "promoters": [scene["jardins"].pk],
        },
    ),
    "charters:join-adaptation": Door(
        frozenset({"amina"}),
        where=lambda scene: {"slug": scene["idea"].slug},
        data=lambda scene: {"organisation": str(scene["entraide"].uuid)},
    ),
    "charters:start-writing": Door(PROMOTERS, sees=frozenset({"amina"}), where=lambda scene: {"slug": "une-idee"}),
    "charters:review": Door(
        PROMOTERS,
        sees=SIGNED_IN,
        where=_text("adopted"),
        data=_sent(outcome="goes_on", words="Tout va.", next_review_on=_in(400)),
    ),
    "charters:wake": Door(
        PROMOTERS, sees=SIGNED_IN, where=_text("asleep"), data=_sent(words="Debout.", next_review_on=_in(400))
    ),
    "charters:revise": Door(PROMOTERS, sees=SIGNED_IN, where=_text("adopted")),
    "charters:open-to-remarks": Door(
        PROMOTERS, sees=frozenset({"amina"}), where=_text("open"), data=_sent(until=_in(20))
    ),
    "charters:adopt": Door(
        PROMOTERS,
        sees=frozenset({"amina"}),
        where=_text("ready"),
        data=_sent(adopted_on=_in(-1), adopted_by="réunion", signatures_needed=2, review_on=_in(300)),
    ),
    "charters:make-remark": Door(
        frozenset({"amina"}),
        told=PROMOTERS,
        where=_text("ready"),
        data=lambda scene: {"organisation": scene["entraide"].pk, "article_key": "avec", "text": "Et nous ?"},
    ),
    "charters:answer-remark": Door(
        PROMOTERS,
        sees=frozenset({"amina"}),
        where=lambda scene: {"slug": scene["open"].adaptation.slug, "pk": scene["remark"].pk},
        data=_sent(answer="Oui."),
    ),
    # the workshop
    "charters:workshop-new-article": Door(
        PROMOTERS, sees=frozenset({"amina"}), where=_text("open"), data=_sent(**WORDS)
    ),
    "charters:workshop-edit-article": Door(
        PROMOTERS, sees=frozenset({"amina"}), where=_article("open", "avec"), data=_sent(**ADAPTED)
    ),
    "charters:workshop-remove-article": Door(PROMOTERS, sees=frozenset({"amina"}), where=_article("open", "ici")),
    "charters:workshop-plain-language": Door(PROMOTERS, sees=frozenset({"amina"}), where=_article("open", "avec")),
    "charters:workshop-import": Door(
        PROMOTERS, sees=frozenset({"amina"}), where=_text("open"), data=_file, only_shows=True
    ),
    "charters:workshop-import-confirm": Door(
        PROMOTERS, sees=frozenset({"amina"}), where=_text("open"), data=_imported("open")
    ),
    # what the national text changed
    "charters:bring-changes": Door(PROMOTERS, where=_text("to_bring")),
    "charters:accept-all-changes": Door(PROMOTERS, where=_text("brought")),
    "charters:accept-change": Door(PROMOTERS, where=_article("brought", "avec"), data=_sent(reason="Les leurs.")),
    "charters:keep-own-words": Door(PROMOTERS, where=_article("brought", "avec"), data=_sent(reason="Les nôtres.")),
    "charters:rewrite-change": Door(PROMOTERS, where=_article("brought", "avec"), data=_sent(**ADAPTED)),
    # the national text: who may not edit it is told so, or that there is none
    "charters:start-national-draft": Door(frozenset(), sees=SIGNED_IN, told=frozenset({"gael"})),
    "charters:name-national": Door(frozenset({"gael"}), data=_sent(title="Un titre", source="Un document")),
    "charters:publish-national": Door(frozenset({"gael"})),
    "charters:national-import": Door(frozenset({"gael"}), sees=SIGNED_IN, data=_file, only_shows=True),
    "charters:national-import-confirm": Door(frozenset({"gael"}), sees=SIGNED_IN, data=_imported("draft")),
    "charters:national-new-article": Door(frozenset({"gael"}), data=_sent(**WORDS)),
    "charters:national-edit-article": Door(
        frozenset({"gael"}), where=lambda scene: {"key": "avec"}, data=_sent(**WORDS)
    ),
    "charters:national-plain-language": Door(frozenset({"gael"}), where=lambda scene: {"key": "avec"}),
    "charters:national-remove-article": Door(frozenset({"gael"}), where=lambda scene: {"key": "avec"}),
    # organisations
}

for _module in sorted(Path(__file__).parent.glob("doors_*.py")):
    DOORS |= importlib.import_module(f"{__package__}.{_module.stem}").DOORS
