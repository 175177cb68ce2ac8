from .adaptations import AdaptationEvent, Life, Remark, TerritorialAdaptation
from .borders import BorderChange
from .changes import NationalChange
from .gatherings import Gathering
from .register import RegisterEntry, RegisterHead
from .signatures import Signature, SignatureRequest, SignatureState
from .texts import Article, CharterVersion

__all__ = [
    "AdaptationEvent",
    "Article",
    "BorderChange",
    "CharterVersion",
    "Gathering",
    "Life",
    "NationalChange",
    "RegisterEntry",
    "RegisterHead",
    "Remark",
    "Signature",
    "SignatureRequest",
    "SignatureState",
    "TerritorialAdaptation",
]
