"""How likely a target is: three closed-form models, and the coarsening that comes before them.

`answers` takes one goal or many; `columns.column_answers` (which needs numpy) takes whole arrays.
"""

from tracker.chance.answering import answers
from tracker.chance.coarsen import HISTORY, Block, coarse_enough, coarsened
from tracker.chance.question import Answer, Model, Question, Scale, cut
from tracker.chance.total import Shape, total_applies

__all__ = [
    "HISTORY",
    "Answer",
    "Block",
    "Model",
    "Question",
    "Scale",
    "Shape",
    "answers",
    "coarse_enough",
    "coarsened",
    "cut",
    "total_applies",
]
