"""Whether a turn that a model worded is one that its persona's poster could have said."""
