"""What visitors may ask of the home room."""

from django import forms


class SearchForm(forms.Form):
    """The words to look for. Anything may be typed: what is no word is passed over, never refused."""

    use_required_attribute = False

    q = forms.CharField(
        label="What are you looking for?",
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200, "autocomplete": "off"}),
    )
