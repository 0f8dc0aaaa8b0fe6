"""The counts in the admin: read, filtered and exported, never changed by hand."""

import io
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from openpyxl import load_workbook

from reach.actions import add
from reach.models import Count


@pytest.fixture
def reader(make_user, client):
    add(day=date(2026, 11, 2), page_key="page-a", campaign_code="one", metric="views", quantity=1234)
    add(day=date(2026, 11, 2), page_key="page-b", campaign_code="two", metric="downloads")
    user = make_user("amina")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_count"]))
    client.force_login(user)
    return client


def test_staff_with_the_permission_read_and_narrow_the_listing(reader):
    everything = reader.get(reverse("counts:index")).text
    one = reader.get(reverse("counts:index"), {"metric": "views", "day_from": "2026-11-01"}).text

    assert "page-a" in everything
    assert "page-b" in everything
    assert "page-a" in one
    assert "page-b" not in one


def test_the_listing_is_exported(reader):
    response = reader.get(reverse("counts:index"), {"export": "csv"})

    assert b"2026-11-02,page-a,one,web,,views,counted,1234,2,False" in b"".join(response.streaming_content)


def test_no_cell_of_an_export_is_a_formula(reader):
    add(day=date(2026, 11, 2), page_key="=cmd|' /C calc'!A0", campaign_code="+one", metric="views", quantity=5)

    csv = b"".join(reader.get(reverse("counts:index"), {"export": "csv"}).streaming_content).decode()
    assert "2026-11-02,'=cmd|' /C calc'!A0,'+one,web,,views,counted,5,2,False" in csv

    xlsx = b"".join(reader.get(reverse("counts:index"), {"export": "xlsx"}).streaming_content)
    cells = [cell for row in load_workbook(io.BytesIO(xlsx)).active.iter_rows() for cell in row]
    assert "=cmd|' /C calc'!A0" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.parametrize("query", ["metric=smiles", "day_from=yesterday", "p=x", "q=%22", "ordering=junk"])
def test_junk_in_the_query_is_answered(reader, query):
    assert reader.get(f"{reverse('counts:index')}?{query}").status_code == 200


def test_without_the_permission_the_listing_is_refused(reader, make_user):
    user = make_user("ben")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    reader.force_login(user)

    assert reader.get(reverse("counts:index")).status_code == 302
    assert reader.get(reverse("counts:inspect", args=[Count.objects.first().pk])).status_code == 302


@pytest.mark.parametrize("verb", ["add", "edit", "delete"])
def test_nobody_changes_a_count_by_hand(reader, make_user, verb):
    reader.force_login(make_user("root", is_superuser=True))
    count = Count.objects.get(page_key="page-a")
    address = reverse(f"counts:{verb}", args=[] if verb == "add" else [count.pk])

    assert reader.post(address, {"quantity": 1}).status_code == 302
    assert Count.objects.get(page_key="page-a").quantity == 1234
    assert Count.objects.count() == 2
