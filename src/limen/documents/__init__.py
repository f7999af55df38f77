"""Read text, HTML, PDF, Office files and e-mail into passages, statements, acts and events.

Knows neither lists nor law: ``limen.mentions`` compares what is found here with both.
"""

from limen.documents.document import Document
from limen.documents.read import document_of, report_on
from limen.documents.readers import read_file
from limen.documents.report import DocumentReport

__all__ = ["Document", "DocumentReport", "document_of", "read_file", "report_on"]
