"""The web server's way in. DJANGO_SETTINGS_MODULE has no default here: a server must be told."""

from config.start import starting

with starting():
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
