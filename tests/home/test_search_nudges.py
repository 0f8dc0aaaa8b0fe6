"""A change nudges the worker that keeps the index of searches. Apart, since it needs what is really committed."""

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import transaction

from home.setup import lay_tree
from home.tasks import refresh_search
from tests.home.test_models import content_page


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_change_nudges_the_worker_once_and_its_task_brings_the_index_up_to_date(client, monkeypatch):
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **_: sent.append(name))
    cache.clear()
    with transaction.atomic():
        home = lay_tree()
        content_page(home, "lantern")
    assert sent == ["home.refresh_search"]
    refresh_search()
    assert "Page lantern" in client.get("/search/", {"q": "lantern"}).text
    content_page(home, "another")
    assert sent == ["home.refresh_search"] * 2
