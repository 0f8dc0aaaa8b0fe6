"""What happens to every request before a room sees it."""

import pytest


@pytest.mark.parametrize(
    "address", ["/%00", "/campaigns/%00/", "/?q=%00", "/?q=a%00b&c=d", "/?%00=q", "/admin/login/?next=%00"]
)
def test_a_nul_in_the_address_is_answered_with_a_page(client, db, address):
    response = client.get(address)

    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/html")
    assert "<h1" in response.text


@pytest.mark.parametrize("name", ["sessionid", "survey", "csrftoken", "messages", "anything"])
@pytest.mark.parametrize("address", ["/", "/admin/", "/surveys/"])
def test_a_nul_in_a_quoted_cookie_is_answered_with_a_page(client, db, name, address):
    response = client.get(address, headers={"cookie": f'{name}="a\\000b"'})

    assert response.status_code == 400
    assert "<h1" in response.text


@pytest.mark.parametrize("address", ["/?q=%2500", "/?q=0", "/?q=%250"])
def test_what_only_looks_like_a_nul_is_served(client, db, address):
    assert client.get(address).status_code == 200
