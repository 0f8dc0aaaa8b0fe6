"""The shared models, one file per role."""

from core.approvals.models import PeerApprovalTask
from core.approvals.records import Approval
from core.approvals.rota import Deputy, DutyOfficer
from core.hold.models import Hold, Release, Switch
from core.languages.models import CatalogueCheck
from core.models.accounts import Organisation, User
from core.models.files import Document
from core.models.lasting import LastingCode
from core.models.pages import BasePage
from core.models.pictures import Image, Rendition
from core.models.places import Area, Ward
from core.models.settings import CouncilSettings
from core.models.support import SupportService
from core.notices.models import NoticeWords, UrgentNotice
from core.outbox.models import OutboxMessage
from core.pictures.models import Replacement
from core.translations.models import TranslatedVersion

__all__ = [
    "Approval",
    "Area",
    "BasePage",
    "CatalogueCheck",
    "CouncilSettings",
    "Deputy",
    "Document",
    "DutyOfficer",
    "Hold",
    "Image",
    "LastingCode",
    "NoticeWords",
    "Organisation",
    "OutboxMessage",
    "PeerApprovalTask",
    "Release",
    "Rendition",
    "Replacement",
    "SupportService",
    "Switch",
    "TranslatedVersion",
    "UrgentNotice",
    "User",
    "Ward",
]
