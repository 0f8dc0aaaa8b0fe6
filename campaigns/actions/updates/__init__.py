"""What is done with news by email: signed up, handed over to Mailchimp, changed, stopped, heard back."""
