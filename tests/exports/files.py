"""Opens a file that the site sent as the programs would: separated values, workbooks, documents."""

import csv
import io

from docx import Document
from openpyxl import load_workbook

from tests.views.pages import content_of


def received(client, address):
    response = client.get(address)
    assert response.status_code == 200, f"{address} answered {response.status_code}"
    return content_of(response)


def lines_of(data):
    """The rows of separated values, each {heading: cell}."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheets_of(data):
    """{name: its rows, each {heading: cell}} of a workbook."""
    found = {}
    for sheet in load_workbook(io.BytesIO(data)):
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def tables_of(data):
    """The rows of each table of a document, each {heading: cell}."""
    found = []
    for table in Document(io.BytesIO(data)).tables:
        head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
        found.append([dict(zip(head, row, strict=True)) for row in rows])
    return found
