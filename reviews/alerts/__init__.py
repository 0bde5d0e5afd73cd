"""What happens when a source changes or a date comes: alerts, campaigns, and reviews that fall due."""
