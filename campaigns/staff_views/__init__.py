"""What staff see and do of campaigns, in the admin."""
