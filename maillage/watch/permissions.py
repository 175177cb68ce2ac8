"""Who keeps the watch: see `models.keeps_watch`, which also says who reads what is not public yet."""

from .models import keeps_watch

can_keep = keeps_watch
