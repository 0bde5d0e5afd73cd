"""Alerts: something befell a source, so its readers are warned and the board is asked, text after text, once each."""

from reviews.source_alerts.citing import Concerned, citing, concerned
from reviews.source_alerts.planning import plan
from reviews.source_alerts.recording import Recorded, record
from reviews.source_alerts.telling import tell, tell_all

__all__ = ["Concerned", "Recorded", "citing", "concerned", "plan", "record", "tell", "tell_all"]
