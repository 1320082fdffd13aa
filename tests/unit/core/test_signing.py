import pytest

from app.core.signing import BadSignature, sign, signed_headers, verify

# The vector that every Standard Webhooks library carries in its own tests.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = 1614265330
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def headers(**changed: str) -> dict[str, str]:
    known = {"webhook-id": ID, "webhook-timestamp": str(AT), "webhook-signature": SIGNATURE}
    return known | {name.replace("_", "-"): value for name, value in changed.items()}


def test_the_published_vector():
    assert sign(SECRET, ID, AT, BODY) == SIGNATURE
    assert verify([SECRET], headers(), BODY, at=AT) == ID


@pytest.mark.parametrize("off", [-300, 0, 300])
def test_within_five_minutes_either_way(off):
    assert verify([SECRET], headers(), BODY, at=AT + off) == ID


@pytest.mark.parametrize("off", [-301, 301])
def test_a_second_past_the_tolerance(off):
    with pytest.raises(BadSignature, match="tolerance"):
        verify([SECRET], headers(), BODY, at=AT + off)


def test_one_good_signature_among_several():
    several = f"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,abc {SIGNATURE}"
    assert verify([SECRET], headers(webhook_signature=several), BODY, at=AT)


def test_a_rotated_secret_is_known_beside_the_new_one():
    given = signed_headers(["new-secret-of-ours", SECRET], BODY, ID, AT)
    for known in (["new-secret-of-ours"], [SECRET], ["another", SECRET]):
        assert verify(known, given, BODY, at=AT) == ID


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook_id": "msg_other"},
        {"webhook_id": ""},
        {"webhook_timestamp": str(AT + 1)},
        {"webhook_timestamp": "yesterday"},
        {"webhook_timestamp": "١٢٣"},
        {"webhook_timestamp": ""},
        {"webhook_signature": ""},
        {"webhook_signature": "v1,"},
        {"webhook_signature": "v1,서명"},
        {"webhook_signature": SIGNATURE[3:]},
        {"webhook_signature": SIGNATURE.replace("v1,", "v1a,")},
    ],
)
def test_anything_changed_is_refused(changed):
    with pytest.raises(BadSignature):
        verify([SECRET], headers(**changed), BODY, at=AT)


def test_another_body_or_secret_is_refused():
    for secrets, body in (([SECRET], BODY + b" "), (["whsec_" + "A" * 32], BODY), ([], BODY)):
        with pytest.raises(BadSignature):
            verify(secrets, headers(), body, at=AT)
