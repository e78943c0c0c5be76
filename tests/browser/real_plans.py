"""Where the five real plans lie; they are no part of the project."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "plans"
ABSENT = "the real plans are not beside this checkout (../shared/plans)"
NAMES = ("hongqi-2024", "youhao-2023", "zhengzhou-2021", "lianyun-2021", "yangcheng-2024")
