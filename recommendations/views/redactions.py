"""For clerks and administrators: what data protection had taken out of the records, by whom, when and why."""

from django.views.generic import ListView

from recommendations.models import Redaction


class Redactions(ListView):
    """The newest first."""

    template_name = "recommendations/redaction_list.html"
    paginate_by = 50
    queryset = Redaction.objects.for_list()
