from .adaptations import Remark, TerritorialAdaptation
from .register import RegisterEntry, RegisterHead
from .signatures import Signature, SignatureRequest
from .texts import Article, CharterVersion

__all__ = [
    "Article",
    "CharterVersion",
    "RegisterEntry",
    "RegisterHead",
    "Remark",
    "Signature",
    "SignatureRequest",
    "TerritorialAdaptation",
]
