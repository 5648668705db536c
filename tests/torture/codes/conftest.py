"""Before codes are read: loading what is known of identifiers takes longer than one example may."""

import pytest

from scanner_app.domain.capture.barcode import read


@pytest.fixture(autouse=True, scope="package")
def identifiers() -> None:
    read(b"]C110L1")
