"""Where the project and the data of its tests lie."""

from pathlib import Path

PROJECT = Path(__file__).parents[2]
DATA_FOLDER = PROJECT / "tests" / "data"
