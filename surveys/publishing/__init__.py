"""From figures that analysts read to results that the public does: protected, approved, shown, and taken back."""

from surveys.publishing.differencing import CannotPublishError
from surveys.publishing.protecting import Public, protect

__all__ = ["CannotPublishError", "Public", "protect"]
