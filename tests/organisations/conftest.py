from tests.harness.register import import_file, own_folder, register

__all__ = ["import_file", "own_folder", "register"]
