"""Named tuples as `typing.NamedTuple` declares them, at a third of what those cost to declare.

A status declares some ninety and makes half of them: here the annotations are never read, and what makes a tuple is
compiled only once one is made. Type checkers take them for what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414  the others take it from here
else:
    from operator import itemgetter

    try:
        from _collections import _tuplegetter as _getter  # what the standard library's own use, twice as fast
    except ImportError:

        def _getter(place, doc):
            return property(itemgetter(place), doc=doc)

    class _Named(tuple):
        """What every named tuple can do."""

        __slots__ = ()
        _fields = ()
        _field_defaults = {}
        _places = {}

        def __new__(cls, *args, **named):
            """Compile what makes tuples of this class, which replaces this, and make the first one."""
            cls.__new__ = made = _compiled(cls)
            return made(cls, *args, **named)

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                message = f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}"
                raise TypeError(message)
            return made

        def _replace(self, /, **changes):
            values = [*self]
            places = self._places
            try:
                for name, value in changes.items():
                    values[places[name]] = value
            except KeyError as error:
                message = f"{type(self).__name__} has no {error.args[0]}"
                raise ValueError(message) from None
            return tuple.__new__(type(self), values)

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            """Return the fields by name."""
            fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self):
            """Return what a copy, also one in another process, is made from."""
            return tuple(self)

    def _compiled(cls):
        """Return the function that makes a tuple of a class from its fields, by place or by name."""
        fields = "".join(f"{name}, " for name in cls._fields)
        made = eval(f"lambda _cls, {fields}: _new(_cls, ({fields}))", {"_new": tuple.__new__})  # noqa: S307  names of fields
        made.__name__, made.__qualname__ = "__new__", f"{cls.__qualname__}.__new__"
        made.__defaults__ = tuple(cls._field_defaults.values())
        return made

    def _annotated(body):
        """Return the names that the body of a class annotates, without evaluating what they are annotated with."""
        if "__annotations__" in body:
            return tuple(body["__annotations__"])
        try:  # from Python 3.14 on the body has a function that makes them
            from annotationlib import Format, call_annotate_function, get_annotate_from_class_namespace
        except ImportError:
            return ()
        annotate = get_annotate_from_class_namespace(body)
        return () if annotate is None else tuple(call_annotate_function(annotate, Format.STRING))

    class _Declared(type):
        """Makes of a class with annotations a tuple with these fields."""

        def __new__(cls, name, bases, body):
            fields = _annotated(body)
            defaults = {field: body[field] for field in fields if field in body}
            places = {field: place for place, field in enumerate(fields)}
            body |= {field: _getter(place, None) for field, place in places.items()}
            body |= {"__slots__": (), "_fields": fields, "__match_args__": fields, "_field_defaults": defaults}
            body["_places"] = places
            return type(name, (_Named, *bases[1:]), body)

    NamedTuple = type.__new__(_Declared, "NamedTuple", (), {})
