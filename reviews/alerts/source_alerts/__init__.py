"""Alerts: something befell a source, so its readers are warned and the board is asked, text after text, once each."""

from reviews.alerts.source_alerts.alerted_texts import tell, tell_all
from reviews.alerts.source_alerts.citing_texts import Concerned, citing, concerned
from reviews.alerts.source_alerts.manual_updates import Recorded, record
from reviews.alerts.source_alerts.plans import plan

__all__ = ["Concerned", "Recorded", "citing", "concerned", "plan", "record", "tell", "tell_all"]
