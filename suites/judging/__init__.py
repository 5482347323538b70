"""What makes verdicts of traces: rules, promises with their expectations, known issues."""
