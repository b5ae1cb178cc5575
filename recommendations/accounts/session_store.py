"""Sessions as Django keeps them in the database, asked for in a shorter way: every page begins with it."""

from django.contrib.sessions.backends import db
from django.utils import timezone

from recommendations.questions import by_key


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        found = by_key(self.model, self.session_key)
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found
