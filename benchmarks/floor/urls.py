"""One page for each page that is measured. No guard: it is served to the bench alone, on this machine."""

from django.urls import path

from benchmarks.floor import pages

urlpatterns = [
    path("bare/", pages.bare),
    path("dashboard/", pages.dashboard),
    path("list/", pages.listing),
    path("item/<slug>/", pages.item),
    path("my-work/", pages.work),
    path("search/", pages.search),
    path("change/<slug>/", pages.change),
]
