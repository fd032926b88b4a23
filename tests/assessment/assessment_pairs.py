"""The pairs every reader tries first, with the day of the question."""

CASES = [
    ("RUS", "PRK", "2024-10-17"),
    ("RUS", "PRK", "2026-11-01"),
    ("USA", "KOR", "2026-11-01"),
    ("CHN", "PRK", "2026-11-01"),
    ("USA", "TUR", "2026-11-01"),
    ("SAU", "PAK", "2026-11-01"),
    ("AUH", "DEU", "1914-06-01"),
]
