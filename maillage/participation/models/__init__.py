"""What residents say, what the collective makes of it, and the answer."""

from .needs import HeardNeed
from .recordings import MOST_BYTES, VoiceRecording
from .subjects import Subject
from .voices import ResidentVoice

__all__ = ["MOST_BYTES", "HeardNeed", "ResidentVoice", "Subject", "VoiceRecording"]
