"""The same load on other frameworks; run with the Python of an environment of their own, never imported from here."""
