"""Campaigns, their plans, and the pages that tell of them."""

from campaigns.models.artwork import Artwork, ArtworkFile, ArtworkVersion
from campaigns.models.audiences import (
    MailchimpAudience,
    MailchimpConnection,
    MailchimpInterest,
    MailchimpSegment,
    MailchimpWebhook,
)
from campaigns.models.awareness import AnnouncedDate, AwarenessDate
from campaigns.models.calendar import Decision, FeedKey, RestrictedPeriod
from campaigns.models.campaigns import Campaign, CampaignQuerySet
from campaigns.models.evaluations import Evaluation, Lesson
from campaigns.models.hearings import AudienceEvent
from campaigns.models.kits import Kit, KitArchive, KitText
from campaigns.models.mailings import Mailing, MailingEvent, MailingLink
from campaigns.models.objectives import CampaignObjective
from campaigns.models.pages import PAGE_KEY, CampaignIndexPage, CampaignPage, CampaignPageQuerySet
from campaigns.models.placements import Placement, PlacementTarget
from campaigns.models.plan import Activity, Audience, Input, Insight, Message, Risk
from campaigns.models.sending import MailingCopy, MailingReport, MailingTest, MailingWork, SendRequest
from campaigns.models.signups import PreferencesRequest, SignUp
from campaigns.models.updates import ConsentWording, OfferedInterest, UpdatesSettings

__all__ = [
    "PAGE_KEY",
    "Activity",
    "AnnouncedDate",
    "Artwork",
    "ArtworkFile",
    "ArtworkVersion",
    "Audience",
    "AudienceEvent",
    "AwarenessDate",
    "Campaign",
    "CampaignIndexPage",
    "CampaignObjective",
    "CampaignPage",
    "CampaignPageQuerySet",
    "CampaignQuerySet",
    "ConsentWording",
    "Decision",
    "Evaluation",
    "FeedKey",
    "Input",
    "Insight",
    "Kit",
    "KitArchive",
    "KitText",
    "Lesson",
    "MailchimpAudience",
    "MailchimpConnection",
    "MailchimpInterest",
    "MailchimpSegment",
    "MailchimpWebhook",
    "Mailing",
    "MailingCopy",
    "MailingEvent",
    "MailingLink",
    "MailingReport",
    "MailingTest",
    "MailingWork",
    "Message",
    "OfferedInterest",
    "Placement",
    "PlacementTarget",
    "PreferencesRequest",
    "RestrictedPeriod",
    "Risk",
    "SendRequest",
    "SignUp",
    "UpdatesSettings",
]
