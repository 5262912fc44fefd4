"""What people hand in: values as they write them, and what becomes of a value that is recorded or undone."""
