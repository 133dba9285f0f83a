"""How the referee's data files were made; nothing here is needed to run it."""
