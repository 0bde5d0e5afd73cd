"""What each table has to agree with: the events, the digests and the codes that say what its rows hold."""
