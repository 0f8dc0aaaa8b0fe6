"""How every public form is drawn: Django's fields in our own templates, after the patterns of GOV.UK forms."""

from django.forms.renderers import TemplatesSetting


class PageFormRenderer(TemplatesSetting):
    """Draw fields with templates/components/field.html; widgets come from templates/django/forms/widgets."""

    field_template_name = "components/field.html"
