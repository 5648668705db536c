"""The build hook: compiled catalogues of sentences go into a wheel, or beside their sources where those are run."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface[Any]):
    """A wheel is built without writing into the tree, which may be read-only; an editable install runs the tree."""

    _folder: str = ""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        from scanner_app.languages.catalogue import compile_catalogues

        if version == "editable":
            compile_catalogues()
            return
        self._folder = tempfile.mkdtemp()
        for path in compile_catalogues(Path(self._folder)):
            build_data["force_include"][str(path)] = f"scanner_app/languages/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        del version, build_data, artifact_path
        if self._folder:
            shutil.rmtree(self._folder)
