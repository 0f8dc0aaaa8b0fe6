"""A Mailchimp of one's own: a real HTTP server with state that answers the real client, and sends nothing to anybody.

`manage.py mailchimp_sandbox` runs it for people, the fixture `mailchimp_sandbox` for tests. It answers what the adapter
asks as Mailchimp does, as far as that is known; pages show each email as it would have arrived.
"""
