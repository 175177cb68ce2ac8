"""What can be done when looking back."""

from .answers import SomebodyWrote, finish_look_back, note_commitment, save_pages, save_principle
from .campaigns import (
    CampaignRefused,
    add_step,
    adopt_steps,
    close_campaign,
    count_paper,
    follow_campaigns,
    open_campaign,
    publish_synthesis,
    remove_step,
    share_synthesis,
    stop_showing,
)

__all__ = [
    "CampaignRefused",
    "SomebodyWrote",
    "add_step",
    "adopt_steps",
    "close_campaign",
    "count_paper",
    "finish_look_back",
    "follow_campaigns",
    "note_commitment",
    "open_campaign",
    "publish_synthesis",
    "remove_step",
    "save_pages",
    "save_principle",
    "share_synthesis",
    "stop_showing",
]
