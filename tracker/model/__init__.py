"""What tracker knows: goals and series as declared, actuals as recorded. Data only."""
