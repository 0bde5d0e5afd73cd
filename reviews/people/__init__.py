"""The Medical Advisory Board as an office: who is invited, checked, away or gone, and whose signatures are void."""
