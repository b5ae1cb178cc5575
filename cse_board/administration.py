"""Django's administration, whose own scripts empty boxes in a way that the policy of all other pages forbids."""

from csp.decorators import csp_replace
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class Administration(AdminSite):
    def admin_view(self, view, cacheable=False):
        return csp_replace({"require-trusted-types-for": None})(super().admin_view(view, cacheable))


class AdministrationConfig(AdminConfig):
    default_site = "cse_board.administration.Administration"

    def ready(self):
        super().ready()
        # Registers itself: the wiring has no application of its own but this one.
        from cse_board import transport  # noqa: F401
