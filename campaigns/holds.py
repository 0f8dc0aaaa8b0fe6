"""What a hold stops of campaigns: mailings that were asked to go."""

from campaigns.queries.sending import MAILINGS, going_out
from core.hold.registry import Kind, holds

holds.offer(MAILINGS)(Kind(label="Mailing goes out", scheduled=going_out, task="campaigns.sweep_mailings"))
