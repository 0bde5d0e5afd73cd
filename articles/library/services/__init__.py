"""What services tell of a source: Crossref, PubMed, PubMed Central, DailyMed and openFDA."""
