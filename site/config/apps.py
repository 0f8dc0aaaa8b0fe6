"""What happens once every room is loaded."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's accounts, with our forms."""

    user_viewset = "core.account_views.AccountViewSet"


class ConfigConfig(AppConfig):
    """The assembly: gives web processes the Celery app and lays the languages and the roles after every migrate."""

    name = "config"

    def ready(self) -> None:
        """Load the Celery app and connect the roles."""
        from config import celery  # noqa: F401  (tasks nudged from the web go to this app's broker)
        from config.roles import lay_languages_after_migrate, lay_roles_after_migrate

        # Django sends the signal only for apps with models, and this one has none.
        post_migrate.connect(lay_languages_after_migrate, sender=apps.get_app_config("core"))
        post_migrate.connect(lay_roles_after_migrate, sender=apps.get_app_config("core"))
