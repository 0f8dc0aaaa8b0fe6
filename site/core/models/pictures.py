"""Pictures that editors put on pages, with what is known of them: whose they are, who is shown, until when."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, ImageQuerySet

from core.pictures.enums import FOR_EVERYBODY, Licence, People
from core.pictures.record import RECORD, what_is_wrong
from core.privacy import Declaration

KEPT_AFTER = timedelta(days=90)


class PictureQuerySet(ImageQuerySet):
    """Pictures by whether they may be used."""

    def usable(self) -> "PictureQuerySet":
        """Those that are neither withdrawn nor past their last day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), withdrawn_at=None)

    def unusable(self) -> "PictureQuerySet":
        """Those that are withdrawn or past their last day."""
        return self.filter(Q(withdrawn_at__isnull=False) | Q(ends_on__lt=timezone.localdate()))

    def without_record(self) -> "PictureQuerySet":
        """Those of which nobody has said whose they are and who is shown."""
        return self.filter(Q(source="") | Q(licence="") | Q(people=""))

    def ending(self, *, within: timedelta) -> "PictureQuerySet":
        """Those in use whose last day is near."""
        return self.usable().filter(ends_on__lte=timezone.localdate() + within)


class Image(AbstractImage):
    """A picture and its record. Its alternative text is given where it is used."""

    stored_under = "original_images"

    # Wagtail's own model of this name takes the default reverse names.
    tags = TaggableManager(blank=True, related_name="uploaded_images")
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="uploaded_images",
    )
    source = models.CharField(
        "where it is from",
        max_length=200,
        blank=True,
        help_text="Who made it, or where you got it. For example: our press office, spring walk 2026. "
        "Never name anybody who is shown.",
    )
    licence = models.CharField("why we may use it", max_length=20, choices=Licence, blank=True)
    licence_in_words = models.CharField(
        "which licence", max_length=200, blank=True, help_text="If you chose another licence: which one."
    )
    credit = models.CharField(max_length=200, blank=True, help_text="The line that the licence asks for, if any.")
    people = models.CharField("who can be seen", max_length=20, choices=People, blank=True)
    children_shown = models.BooleanField("children can be seen", default=False)
    permission_given = models.BooleanField(
        "everybody who can be recognised agreed",
        default=False,
        help_text="In writing, to this use. Not needed where nobody can be recognised.",
    )
    carers_agreed = models.BooleanField(
        "a parent or carer of each child agreed",
        default=False,
        help_text="In writing, to this use. Needed where a child can be recognised.",
    )
    permission_held = models.CharField(
        "where the permission is kept",
        max_length=200,
        blank=True,
        help_text="The folder or the reference, so that a colleague finds it. No names of people.",
    )
    ends_on = models.DateField(
        "last day of use",
        null=True,
        blank=True,
        help_text="The last day that the licence and the permission allow. After it no page shows the picture.",
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    withdrawn_because = models.TextField(max_length=500, blank=True, editable=False)
    changed_on_arrival = models.CharField(max_length=300, blank=True, editable=False)

    objects = PictureQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "description",
        *RECORD,
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(licence__in=["", *Licence.values]), name="picture_licence_known"),
            models.CheckConstraint(condition=Q(people__in=["", *People.values]), name="picture_people_known"),
            models.CheckConstraint(
                condition=~Q(licence=Licence.OTHER) | ~Q(licence_in_words=""), name="picture_other_licence_in_words"
            ),
            models.CheckConstraint(
                condition=~Q(people=People.RECOGNISABLE) | (Q(permission_given=True) & ~Q(permission_held="")),
                name="picture_of_people_with_permission",
            ),
            models.CheckConstraint(
                condition=~Q(people=People.RECOGNISABLE, children_shown=True) | Q(carers_agreed=True),
                name="picture_of_children_with_permission",
            ),
            models.CheckConstraint(
                condition=Q(children_shown=False) | ~Q(people__in=["", People.NONE]),
                name="picture_children_are_people",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="picture_withdrawn_with_reason",
            ),
        ]

    class Privacy(Declaration):
        fields = ("file", "people", "children_shown", "permission_given", "carers_agreed", "permission_held")
        purpose = "Showing campaigns with pictures, and being able to show who agreed to that."
        lawful_basis = "Consent of the people shown, and of a parent or carer of each child (Article 6(1)(a))."
        recipients = "Everybody, while the picture is used; of the permission, staff who keep pictures."
        retention = (
            "Shown until permission is withdrawn or its last day has passed. The picture is deleted 90 days later, "
            "once no page, draft or poster refers to it."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete the pictures of people that were given up 90 days ago and that nothing refers to any more."""
            from core.pictures.actions import delete_given_up

            return delete_given_up(before=now - KEPT_AFTER)

    def clean(self) -> None:
        """Refuse a record that contradicts itself.

        Raises:
            ValidationError: a sentence for each field.
        """
        super().clean()
        if found := what_is_wrong(self):
            raise ValidationError(found)

    def get_rendition(self, filter: Filter | str) -> "Rendition":  # noqa: A002  (Wagtail's own name)
        """Return the picture at one size; of one that may not be used no file is made, and visitors get none."""
        return super().get_rendition(filter) if self.may_be_used else self._for_staff()

    def get_renditions(self, *filters: Filter | str) -> "dict[str, Rendition]":
        """Return the picture at several sizes, by the words that ask for them."""
        if self.may_be_used:
            return super().get_renditions(*filters)
        return {spec if isinstance(spec, str) else spec.spec: self._for_staff() for spec in filters}

    def _for_staff(self) -> "Rendition":
        return Rendition(image=self, width=self.width, height=self.height)

    @property
    def may_be_used(self) -> bool:
        """Whether it is neither withdrawn nor past its last day: asked before it is shown, drawn or handed out."""
        return self.withdrawn_at is None and (self.ends_on is None or self.ends_on >= timezone.localdate())

    @property
    def has_record(self) -> bool:
        """Whether somebody said whose it is and who is shown."""
        return bool(self.source and self.licence and self.people)

    @property
    def public_licence(self) -> str:
        """What a file that shows it tells others of its licence; nothing where nobody said why we may use it."""
        if self.licence in FOR_EVERYBODY:
            return self.get_licence_display()
        if self.licence == Licence.OTHER:
            return self.licence_in_words
        return "The picture is used with permission, which others must ask for" if self.licence else ""

    @property
    def why_not_used(self) -> str:
        """The sentence that says since when it may not be used; empty where it may."""
        if self.withdrawn_at:
            day = date_format(timezone.localtime(self.withdrawn_at), "j F Y")
            return f"“{self.title}” was withdrawn on {day}."
        if self.ends_on and not self.may_be_used:
            return f"“{self.title}” could be used until {date_format(self.ends_on, 'j F Y')}."
        return ""


class Rendition(AbstractRendition):
    """A picture at one size."""

    shown_on_pages = False  # drawing a page makes them
    stored_under = "images"

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    @property
    def url(self) -> str:
        """Where it is. Without a file staff who keep pictures see it through the admin, and nobody else."""
        if self.file:
            return super().url
        return reverse("wagtailimages:preview", args=[self.image_id, "max-800x600"])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="rendition_unique")
        ]
