"""What a text states: amounts, bounds, circumstances, and the drug or trial arm each belongs to."""
