"""E-mails: for everyone which ones they get, for the reader of one how to stop them, for clerks what was sent."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import ListView, TemplateView

from recommendations import clock
from recommendations.models import Mail, MailPreference, Run
from recommendations.models.mails import UNDER_WAY, Delivery
from recommendations.reminders.digests import mail_of


class YourMails(TemplateView):
    """Whether reminders come, and the last ones that were sent."""

    template_name = "recommendations/your_mails.html"
    SHOWN = 10

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "is_stopped": MailPreference.is_stopped_for(user.email),
            "mails": user.mails.filter(delivery=Delivery.SENT).order_by("-on")[: self.SHOWN],
        }

    def post(self, request):
        preference = MailPreference.turn(request.user.email, is_stopped="again" not in request.POST, by=request.user)
        stopped, again = _("You get no more reminders by e-mail."), _("You get reminders by e-mail again.")
        messages.success(request, stopped if preference.is_stopped else again)
        return redirect("your-mails")


# A mail program that offers "Unsubscribe" posts from nowhere (RFC 8058): its key is the link, which nobody else has.
@method_decorator(csrf_exempt, name="dispatch")
class StopReminders(TemplateView):
    """Opening it changes nothing, since mail filters open every link; sending it does, at once and without a redirect."""

    template_name = "recommendations/stop_reminders.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.mail = mail_of(kwargs["token"])

    def dispatch(self, request, *args, **kwargs):
        if self.mail is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return {"is_stopped": MailPreference.is_stopped_for(self.mail.address)} | super().get_context_data(**kwargs)

    def post(self, request, token):
        MailPreference.turn(
            self.mail.address, is_stopped="again" not in request.POST, by=None,
            reason=_("Through the link in an e-mail."),
        )  # fmt: skip
        return self.render_to_response(self.get_context_data(token=token, is_done=True))


class Mails(ListView):
    """What was sent to whom, by name, and what became of it; the address stays with the administrators."""

    template_name = "recommendations/mail_list.html"
    paginate_by = 25
    # {name in the address: (words, what to ask)}; the first is the default.
    questions = {
        "all": (_("All"), lambda mails: mails),
        "sent": (_("Sent"), lambda mails: mails.filter(delivery=Delivery.SENT)),
        "refused": (_("Refused"), lambda mails: mails.filter(delivery=Delivery.REFUSED)),
        "failing": (_("Refused lately, nothing got through since"), lambda mails: mails.refused_lately(clock.today())),
        "unknown": (_("Not known whether it arrived"), lambda mails: mails.filter(delivery=Delivery.UNKNOWN)),
        "under_way": (_("Not sent yet"), lambda mails: mails.filter(delivery__in=UNDER_WAY)),
        "given_up": (_("Given up"), lambda mails: mails.filter(delivery=Delivery.GIVEN_UP)),
    }

    @property
    def only(self):
        asked = self.request.GET.get("only", "")
        return asked if asked in self.questions else "all"

    def get_queryset(self):
        mails = self.questions[self.only][1](Mail.objects.select_related("user"))
        return mails.order_by("-on", "user__full_name", "id")

    def get_context_data(self, **kwargs):
        choices = [(name, label) for name, (label, _) in self.questions.items()]
        label = self.questions[self.only][0]
        runs = {
            "last_done": Run.objects.latest_done(Run.Task.REMINDERS),
            "last": Run.objects.latest_of(Run.Task.REMINDERS),
        }
        return super().get_context_data(**kwargs) | {"only": self.only, "choices": choices, "label": label} | runs
