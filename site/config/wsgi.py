"""The web server's way in. DJANGO_SETTINGS_MODULE has no default here: a server must be told."""

from config.start import load_settings, starting

# Status 4 is how a worker tells gunicorn that starting it again would be no use.
with starting(status=4):
    load_settings()
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
