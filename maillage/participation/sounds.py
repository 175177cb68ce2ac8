"""What a telephone records, told by its first bytes: a name or a header proves nothing."""


def media_type_of(sound):
    """The media type of ``sound`` (bytes): WebM, Ogg, MP4, WAV or MP3; None for anything else."""
    head = sound[:16]
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "audio/mpeg"
    return None
