"""`place.standing` asks for everything that is judged in the jurisdiction, whose key it carries, to be judged anew."""

from __future__ import annotations

PLACE_TOPIC = "place.standing"
