"""The figures of a run, each beside its budget: a table to read, a file to compare."""

import dataclasses
import datetime
import json
import os
import platform


@dataclasses.dataclass
class Figure:
    """One measure. ``most`` or ``least`` is its budget; neither where none was set."""

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def is_over(self):
        return (self.most is not None and self.value > self.most) or (
            self.least is not None and self.value < self.least
        )

    def __str__(self):
        limit = f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}" if self.least is not None else ""
        shown = f"{self.value:.3f}" if abs(self.value) < 1 else f"{self.value:.1f}"
        return f"  {self.name:58.58} {shown:>9} {self.unit:6} {limit:>8}{' !' if self.is_over else ''}"


class Figures(list):
    """Every figure of a run, said as soon as it is known."""

    def add(self, name, value, unit, **budget):
        self.append(Figure(name, value, unit, **budget))
        print(self[-1], flush=True)

    @property
    def over(self):
        return [figure for figure in self if figure.is_over]

    def write(self, path):
        about = {
            "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "machine": f"{os.cpu_count()} × {_processor()}, {platform.platform()}",
            "python": platform.python_version(),
            "load": os.getloadavg()[0],
            "figures": [{**dataclasses.asdict(figure), "over": figure.is_over} for figure in self],
        }
        path.write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n")


def _processor():
    try:
        with open("/proc/cpuinfo") as lines:
            return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()
