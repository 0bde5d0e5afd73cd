"""Work of this app that a queue runs: each task takes ids and may run twice."""
