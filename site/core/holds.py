"""What a hold stops of the shared room: pages at their times, and messages to the public."""

from core.hold.registry import Kind, holds
from core.hold.scheduled_pages import EXPIRE, GO_LIVE, expiring, going_live
from core.outbox.actions import MAIL, held_messages

holds.offer(GO_LIVE)(Kind(label="Page goes live", scheduled=going_live, task="core.publish_scheduled"))
holds.offer(EXPIRE)(Kind(label="Page is taken down", scheduled=expiring, task="core.publish_scheduled"))
holds.offer(MAIL)(Kind(label="Message to the public", scheduled=held_messages, task="core.outbox.sweep"))
