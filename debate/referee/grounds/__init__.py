"""The grounds of an objection to a bare statement, see `debate.referee.grounds.find`."""
