"""Hashed and compressed static files, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    # app.js imports govuk-frontend by a relative path, which must become the hashed one.
    support_js_module_import_aggregation = True
