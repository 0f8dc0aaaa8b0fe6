"""News by email: what somebody agreed to, handed over to Mailchimp, and what is heard back."""
