"""Questions, questionnaires, waves and answers."""
