import pytest

from tests.factories import people


@pytest.mark.parametrize(
    ("language", "words"),
    [("ko", "판매자 가입"), ("en", "Sign up as a seller")],
)
def test_a_visitor_reads_what_it_is_and_finds_both_ways_in(client, language, words):
    answer = client.get("/", headers={"Accept-Language": language})

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert words in answer.text
    assert 'href="/sign-in"' in answer.text
    assert 'href="/sign-up"' in answer.text
    assert answer.text.count("btn-primary") == 1


def owner():
    return people.owner_of(people.seller())


@pytest.mark.parametrize(
    ("who", "first"),
    [
        (owner, "/home"),
        (people.reviewer, "/review"),
        (people.operator, "/operator/deliveries"),
        (people.person, "/account"),
    ],
)
def test_whoever_is_signed_in_goes_to_their_own_first_page(client, session, who, first):
    people.signed_in(client, who())

    answer = client.get("/")

    assert (answer.status_code, answer.location) == (303, first)
