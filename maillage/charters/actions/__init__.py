"""What can be done to the charter, its adaptations and its signatures. One function, one transaction, one trace."""

from .adaptations import (
    NotReadyForAdoption,
    adopt_adaptation,
    answer_remark,
    make_remark,
    open_adaptation,
    open_to_remarks,
    revise_adaptation,
)
from .forgetting import forget_signatory
from .register import append_to_register
from .signatures import (
    AlreadySigned,
    LinkExpired,
    NotOpenForSignature,
    NotTheirOrganisation,
    confirm_signature,
    digest,
    request_signature,
    send_link_again,
    sign_new_version,
    version_in_place_of,
    withdraw_signature,
)
from .texts import (
    DraftInProgress,
    NotADraft,
    add_article,
    change_article,
    draft_national_version,
    name_version,
    publish_national_version,
    remove_article,
)

__all__ = [
    "AlreadySigned",
    "DraftInProgress",
    "LinkExpired",
    "NotADraft",
    "NotOpenForSignature",
    "NotReadyForAdoption",
    "NotTheirOrganisation",
    "add_article",
    "adopt_adaptation",
    "answer_remark",
    "append_to_register",
    "change_article",
    "confirm_signature",
    "digest",
    "draft_national_version",
    "forget_signatory",
    "make_remark",
    "name_version",
    "open_adaptation",
    "open_to_remarks",
    "publish_national_version",
    "remove_article",
    "request_signature",
    "revise_adaptation",
    "send_link_again",
    "sign_new_version",
    "version_in_place_of",
    "withdraw_signature",
]
