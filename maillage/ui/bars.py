"""Horizontal bars drawn by the server: what `ui/components/bars.html` needs to know of each."""

LINE = 3.2
"""Height of a bar with its words, in `em`: it grows with the reader's letters."""


def drawn(bars, *, whole):
    """The (label, value) of ``bars`` with their place and their width, the part that they are of ``whole``."""
    lines = [
        {
            "label": label,
            "value": value,
            "width": f"{100 * value / whole if whole else 0:.2f}%",
            "words_at": f"{LINE * rank + 1.2:.1f}em",
            "bar_at": f"{LINE * rank + 1.7:.1f}em",
        }
        for rank, (label, value) in enumerate(bars)
    ]
    return {"lines": lines, "height": f"{LINE * len(lines):.1f}em"}
