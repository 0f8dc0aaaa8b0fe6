"""The accounts in the admin, with the organisation and the language that ours have."""

from django.forms import ModelForm
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

OURS = {"organisation", "language"}


class AccountCreationForm(UserCreationForm):
    """A new account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | OURS


class AccountEditForm(UserEditForm):
    """An account that stands."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | OURS


class AccountViewSet(UserViewSet):
    """Accounts. None is copied: Wagtail's address for it, sent a form, writes over the account that it stands for."""

    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:  # noqa: FBT001, FBT002  (Wagtail's own signature)
        """Return the form of a new account, or of one that stands."""
        return AccountEditForm if for_update else AccountCreationForm
