"""Are we going to reach what we said we would reach?"""

__version__ = "0.1.0"
