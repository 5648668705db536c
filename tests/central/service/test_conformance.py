"""The service against its own document, by schemathesis: every status, body and header is one that is described there.

Left out are the long poll, which may take its time, and two checks that want a schema to say all: an event that is not
well formed is answered within a good answer, and some bounds are of the database.
"""

import subprocess
import sys
from pathlib import Path

from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.exchange.threads import now_us
from sync.central.service.terms import Terms
from sync.central.sites.administration import invite
from tests.central.databases import ON_SQLITE
from tests.central.serving import Handheld, served
from tests.central.warehouse import SITE

DOCUMENT = Path(__file__).parents[3] / "docs/api/openapi.json"
EXAMPLES_MAX = 3
SECONDS_MAX = 15
QUICK = Terms(device_requests_per_s_max=10_000, device_requests_burst_max=100_000)
_BIN = Path(sys.executable).parent


@ON_SQLITE
def test_the_service_answers_as_its_document_says(store: CentralStore, tmp_path: Path) -> None:
    with served(store, QUICK) as address:
        device = Handheld(address, invite(store, SITE, now_us()))
        options = {
            "--url": address,
            "--header": f"Authorization: {device.headers['Authorization']}",
            "--exclude-path": "/v1/news",
            "--exclude-checks": "negative_data_rejection,positive_data_acceptance",
            "--phases": "fuzzing",
            "--max-examples": str(EXAMPLES_MAX),
            "--max-time": str(SECONDS_MAX),
            "--seed": "1",
        }
        words = [word for option in options.items() for word in option]
        command = [str(_BIN / "schemathesis"), "run", str(DOCUMENT), *words, "--no-color", "--warnings", "off"]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS_MAX + 100, check=False
        )
        device.http.close()
    assert done.returncode == 0, done.stdout[-5_000:]
    assert verify(store) == []
