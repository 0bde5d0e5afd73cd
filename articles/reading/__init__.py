"""What readers get: pages, lists, their status and dates, and the addresses they stand at."""
