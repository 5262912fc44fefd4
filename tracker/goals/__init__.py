"""goals.toml: found, read, checked and described; what comes out is `tracker.model.goal.GoalsFile`."""
