"""What an item of CSL-JSON says: its dates, its people, and whether two items are one work."""
