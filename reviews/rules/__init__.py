"""Who may, when, and with how many: rules that read loaded rows and raise nothing."""
