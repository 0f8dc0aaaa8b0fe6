"""The shared models, one file per role."""

from core.approvals.models import PeerApprovalTask
from core.approvals.rota import Deputy, DutyOfficer
from core.languages.models import CatalogueCheck
from core.models.accounts import Organisation, User
from core.models.files import Document, Image, Rendition
from core.models.lasting import LastingCode
from core.models.pages import BasePage
from core.models.places import Area, Ward
from core.models.settings import CouncilSettings
from core.models.support import SupportService
from core.notices.models import NoticeWords, UrgentNotice
from core.outbox.models import OutboxMessage
from core.translations.models import TranslatedVersion

__all__ = [
    "Area",
    "BasePage",
    "CatalogueCheck",
    "CouncilSettings",
    "Deputy",
    "Document",
    "DutyOfficer",
    "Image",
    "LastingCode",
    "NoticeWords",
    "Organisation",
    "OutboxMessage",
    "PeerApprovalTask",
    "Rendition",
    "SupportService",
    "TranslatedVersion",
    "UrgentNotice",
    "User",
    "Ward",
]
