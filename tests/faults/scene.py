"""Fills an empty database, in a process of its own: officers who each own a recommendation. Prints them as JSON."""

import json
import sys

import django


def main(number):
    django.setup()
    from recommendations.models import Progress
    from tests import factories

    clerk, told = factories.make_clerk(), []
    for each in range(number):
        owner = factories.make_officer(f"Officer {each}")
        recommendation = factories.make_recommendation(owner=owner)
        recommendation.change_progress(Progress.IN_PROGRESS, by=clerk)
        told.append({"email": owner.email, "page": recommendation.get_absolute_url()})
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
