"""The floor: a bare signed-in page over raw SQL that fetches what a page of the site shows. The yardstick of the benches."""
