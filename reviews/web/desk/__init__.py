"""What the pages of reviewers and editors show: loaded in a constant number of queries, and put on the page."""
