"""From traces to verdicts: rules, promises with their expectations, known issues."""
