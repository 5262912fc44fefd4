"""Are we going to reach what we said we would reach? `load` reads goals with their actuals, `assess` judges them."""

import sys
from types import ModuleType

TYPE_CHECKING = False  # as type checkers know it, without what importing typing costs
if TYPE_CHECKING:
    from tracker.assess.figures import Assessment as Assessment
    from tracker.assess.figures import Status as Status
    from tracker.errors import InvalidFile as InvalidFile
    from tracker.errors import TrackerError as TrackerError
    from tracker.errors import Unreachable as Unreachable
    from tracker.errors import WrongUsage as WrongUsage
    from tracker.model.actual import View as View
    from tracker.model.goal import Method as Method
    from tracker.project import Project as Project
    from tracker.project import assess as assess
    from tracker.project import load as load
    from tracker.wording.reason import reason as reason

__version__ = "0.1.0"

_HOME = {
    "Assessment": "assess.figures",
    "InvalidFile": "errors",
    "Method": "model.goal",
    "Project": "project",
    "Status": "assess.figures",
    "TrackerError": "errors",
    "Unreachable": "errors",
    "View": "model.actual",
    "WrongUsage": "errors",
    "assess": "project",
    "load": "project",
    "reason": "wording.reason",
}
"""Where each public name lives: it is imported when somebody asks for it, so that `import tracker` costs nothing."""

__all__ = ["__version__", *_HOME]  # noqa: PLE0604  its keys are strings


class _Package(ModuleType):
    """The package, in which `assess` is the function also once the package of that name inside has been imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


if not TYPE_CHECKING:  # to a type checker a name that is not above is a mistake

    def __getattr__(name: str) -> object:
        """Return a public name."""
        if name not in _HOME:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        from importlib import import_module

        found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
