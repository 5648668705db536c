"""Writes what the docs draw from the code: the charts of the workflows and the pictures of the screen."""

import re
from pathlib import Path

from scanner_app.workflows.chart import draw
from scanner_app.workflows.library import SCRIPTS

DOCS = Path(__file__).parent
_CHART = re.compile(r"```mermaid\n.*?```", re.DOTALL)


def write_charts() -> None:
    """Put the chart of each script into its page."""
    for script in SCRIPTS.values():
        page = DOCS / "workflows" / f"{script.name}.md"
        text = page.read_text(encoding="utf-8")
        chart = f"```mermaid\n{draw(script)}```"
        page.write_text(_CHART.sub(lambda _found, chart=chart: chart, text), encoding="utf-8")


if __name__ == "__main__":
    write_charts()
