"""Assessments beside each other: the one there is and the one there would be."""
