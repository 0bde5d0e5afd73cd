"""Files of sources: RIS, BibTeX, NBIB and CSL-JSON, read and written."""
