"""The domain: minutes, recommendations and what became of them."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "recommendations"
    verbose_name = "Scrutiny recommendations"
