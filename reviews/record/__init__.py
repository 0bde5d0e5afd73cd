"""The record: the chain of events, signatures, and what they make of the page that readers see."""
