"""Where files are kept that no address serves."""

import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """The folder PRIVATE_ROOT, asked for each time: it follows the data folder. Only the program reads its files."""

    def __init__(self):
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self):
        return settings.PRIVATE_ROOT

    @property
    def location(self):
        return os.path.abspath(self.base_location)

    def url(self, name):
        raise ValueError("a private file has no URL")


def private_storage():
    """Files that no address serves: only a view that checks who asks opens them."""
    return PrivateStorage()
