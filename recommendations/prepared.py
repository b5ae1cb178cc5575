"""What the site asks over and over: PostgreSQL reads and plans it once for a connection, and not each time.

To plan a question for one row by its key takes PostgreSQL longer than to answer it. psycopg2 knows no prepared statements of
its own; the settings name these two classes to it. Below all else that looks at statements: logs and counts see the plain one.
"""

from functools import cached_property

from psycopg2 import extensions


class Often(str):
    """A statement for which one plan does, whatever its values: no search, and no list that may be long or short."""

    @cached_property
    def parts(self):
        return self.split("%s")

    @cached_property
    def numbered(self):
        first, *rest = self.parts
        return first + "".join(f"${number}{part}" for number, part in enumerate(rest, 1))

    @cached_property
    def places(self):
        """Where its values go; "" of one without any."""
        places = ", ".join(["%s"] * (len(self.parts) - 1))
        return f" ({places})" if places else ""


class Connection(extensions.connection):
    """Remembers what it has prepared; whatever is rolled back, that stays."""

    # When the server was last asked whether it is there.
    asked_at = 0.0

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        self.prepared = {}


class Cursor(extensions.cursor):
    _said = None

    def execute(self, query, vars=None):
        if isinstance(query, Often):
            self._said = (str(query), vars)
            query = self._prepared(query)
        super().execute(query, vars)

    def _prepared(self, often):
        prepared = self.connection.prepared
        if often not in prepared:
            name = f"often_{len(prepared)}"
            super().execute(f"PREPARE {name} AS {often.numbered}")
            prepared[often] = f"EXECUTE {name}{often.places}"
        return prepared[often]

    @property
    def query(self):
        """The plain statement, for whoever asks what was asked."""
        return self.mogrify(*self._said) if self._said else super().query
