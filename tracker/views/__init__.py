"""The one neutral table between assessments and formats, and the records that machines read."""
