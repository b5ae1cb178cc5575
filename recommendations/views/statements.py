"""What the council says about the site itself, for everyone; administrators write it."""

from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from recommendations.addresses import site_of
from recommendations.forms.statements import StatementForm
from recommendations.models import Statement
from recommendations.permissions import is_administrator
from recommendations.prose import blocks_of, without_gaps
from recommendations.views.acts import Act


def model_text(kind, *, site):
    """What is true of this software wherever it runs, with gaps for what only the council knows."""
    about = {"council": settings.COUNCIL_NAME, "site": site, "is_public": settings.PUBLIC_PAGES}
    about |= {"hours": settings.SESSION_COOKIE_AGE // 3600}
    about |= {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "form_cookie": settings.CSRF_COOKIE_NAME,
        "message_cookie": settings.MESSAGE_COOKIE_NAME,
    }
    return render_to_string(f"recommendations/statements/{kind}.txt", about)


class StatementPage(TemplateView):
    """As far as it is settled. Administrators see the gaps as well, and how many there are."""

    template_name = "recommendations/statements/statement.html"
    kind = ""

    def get_context_data(self, **kwargs):
        statement, may_edit = Statement.of(self.kind), is_administrator(self.request.user)
        blocks = blocks_of(statement.text)
        return super().get_context_data(**kwargs) | {
            "statement": statement,
            "blocks": blocks if may_edit else without_gaps(blocks),
            "may_edit": may_edit,
            "last_change": statement.history.select_related("history_user").latest() if statement.is_written else None,
        }


class EditStatement(Act):
    """With a model text to begin from, and a preview before anything is saved."""

    template_name = "recommendations/statements/edit.html"
    form_class = StatementForm
    may = staticmethod(lambda user, statement: is_administrator(user))

    @property
    def heading(self):
        return _("Edit: %(statement)s") % {"statement": self.thing}

    def get_thing(self):
        if self.kwargs["kind"] not in Statement.Kind.values:
            raise Http404
        return Statement.of(self.kwargs["kind"])

    def get_form_kwargs(self):
        model = model_text(self.thing.kind, site=site_of(self.request))
        return super().get_form_kwargs() | {"model_text": model}

    def form_valid(self, form):
        if "preview" in self.request.POST:
            preview = blocks_of(form.cleaned_data["text"])
            return self.render_to_response(self.get_context_data(form=form, preview=preview))
        return super().form_valid(form)

    def take_back(self):
        """What is not stored yet has nothing to be read anew."""
        if self.thing.is_written:
            super().take_back()

    def perform(self, form):
        said = form.cleaned_data
        self.thing.rewrite(
            said["text"], reviewed_on=said["reviewed_on"], by=self.request.user, reason=said["reason"],
            version=said["version"],
        )  # fmt: skip
        return _("Saved. Everybody reads it from now on.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"caption": ""}
