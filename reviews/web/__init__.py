"""The pages of the review: addresses, views, the desk, its forms and its admin."""
