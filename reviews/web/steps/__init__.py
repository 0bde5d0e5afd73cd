"""The steps that have a button, each as data: what it is taken on, by which form, and what is true afterwards."""
