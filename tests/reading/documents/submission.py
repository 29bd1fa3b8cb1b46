"""The first real input, as it is given to everybody; the test data holds a copy so that a checkout is enough."""

from pathlib import Path

SUBMISSION = Path(__file__).parent / "files" / "beyond2020_submission.md"
