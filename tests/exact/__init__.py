"""A slow second version of every figure, in exact fractions and 50 digits, written from the contract alone.

It shares no formula with the program: where the two differ, one of them is wrong.
"""
