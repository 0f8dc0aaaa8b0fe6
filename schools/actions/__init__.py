"""What can be done in the schools room."""

from schools.actions.packs import classify, start_pack, tell_version

__all__ = ["classify", "start_pack", "tell_version"]
