"""Opens what reads files. Apart from `wiring`, so that drafting a file loads no database."""

from api.settings import Settings
from summarizer.adapters.documents import FileDocuments
from summarizer.ports import Documents
from summarizer.reading.limits import Limits


def open_documents(settings: Settings) -> Documents:
    """The reader of files, within the limits of the settings."""
    return FileDocuments(
        Limits(
            text_bytes=settings.max_source_bytes,
            file_bytes=settings.max_file_bytes,
            unpacked_bytes=settings.max_unpacked_bytes,
            parts=settings.max_mail_parts,
            nesting=settings.max_nesting,
            pages=settings.max_pdf_pages,
            messages=settings.max_mailbox_messages,
            sources=settings.max_sources_per_file,
            seconds=settings.max_reading_s,
        )
    )
