"""Taking the answers of a wave out as a file, on the record."""

import csv
import hashlib
from collections.abc import Iterable
from io import TextIOWrapper
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from core.models import User
from core.spreadsheets import disarmed
from surveys.enums import WaveState
from surveys.export import Asked, Row, codebook, table
from surveys.models import Export, Wave
from surveys.queries import instruments_answered, left_out_since

REASON_WORDS = 5
ALWAYS_THE_SAME = (1980, 1, 1, 0, 0, 0)  # The same answers make the same file, so that digests can be compared.


@transaction.atomic
def export_answers(*, wave: Wave, reason: str, by: User, to: IO[bytes]) -> Export:
    """Write the readable answers of ``wave`` and their codebook into ``to``, a ZIP file, and record it with its reason.

    Raises:
        ValidationError: the wave is not closed, or the reason is less than a sentence.
    """
    if wave.state != WaveState.CLOSED:
        raise ValidationError("Answers can be taken out once the wave is closed and they are shuffled.", code="open")
    if len(reason.split()) < REASON_WORDS:
        raise ValidationError("Say in a sentence what the file is for, and who will have it.", code="reason")
    asked = _asked(wave)
    with ZipFile(to, "w") as archive:
        rows = _write(archive, "answers.csv", table(wave, asked)) - 1
        _write(archive, "codebook.csv", codebook(asked))
    to.seek(0)
    digest = hashlib.file_digest(to, "sha256").hexdigest()  # type: ignore[arg-type]  # any file opened for bytes
    to.seek(0)
    export = Export.objects.create(wave=wave, by=by, reason=reason.strip(), rows=rows, digest=digest)
    log(instance=wave, action="surveys.export_answers", user=by, data={"export": export.pk})
    return export


def _asked(wave: Wave) -> Asked:
    answered = instruments_answered(wave)
    corrections = list(wave.revisions.order_by("number"))
    left_out = {pk: left_out_since(wave, found.digest) for pk, found in answered.items()} if corrections else {}
    return Asked(answered, corrections, left_out)


def _write(archive: ZipFile, name: str, rows: Iterable[Row]) -> int:
    """Write ``rows`` as a CSV file whose cells no spreadsheet runs; return how many there were."""
    entry = ZipInfo(name, date_time=ALWAYS_THE_SAME)
    entry.compress_type = ZIP_DEFLATED
    count = 0
    with archive.open(entry, "w", force_zip64=True) as raw:
        text = TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        writer = csv.writer(text)
        for row in rows:
            writer.writerow([disarmed(cell) for cell in row])
            count += 1
        text.close()
    return count
