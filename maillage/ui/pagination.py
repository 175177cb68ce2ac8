"""Pages of a list that may be very long: it is never counted to its end."""

from functools import cached_property

from django.core.paginator import Paginator

MOST_COUNTED = 500


class BoundedPaginator(Paginator):
    """Counts, and gives pages, up to MOST_COUNTED rows; beyond, one narrows the list or takes it away."""

    @cached_property
    def _found(self):
        # One more than is told: whether there are others is known for the price of a page.
        return self.object_list[: MOST_COUNTED + 1].count()

    @cached_property
    def count(self):
        return min(self._found, MOST_COUNTED)

    @property
    def has_more(self):
        return self._found > MOST_COUNTED
