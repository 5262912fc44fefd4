"""What people read, in their language: sentences, terms and numbers."""
