"""`foedus data pull`: fetch from the publishers' addresses, verify, then import like a folder."""

from __future__ import annotations
