"""Each receiver answers as its `docs/contracts/*.openapi.json` says, whatever it is sent.

Schemathesis thinks of the requests: for every operation some that fit the document and some that
do not, the same ones in every run. The application and its database are real.
"""

import importlib
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as conformance

from app.core import contracts
from app.core.migration import upgrade
from app.core.signing import call_line, signed_headers
from tests.conftest import CLUSTER, WORKER
from tests.factories.deliveries import item, product

SECRET = "a secret that both sides have"
NAMES = sorted(path.name.split(".")[0] for path in contracts.FOLDER.glob("*.openapi.json"))
CHECKS = [
    checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_schema_conformance,
]
EXAMPLES = {GenerationMode.POSITIVE: 14, GenerationMode.NEGATIVE: 10}
# The catalogue's ordering asks the order system, which does not answer here: only there is a 503
# no fault of the receiver's.
UNANSWERED = 503
ORDERING = frozenset(
    {
        "/products/{id}/orders",
        "/orders/{no}",
        "/orders/{no}/payment",
        "/orders/{no}/cancellation",
    }
)


class Signed:
    """Signs each request of the API with the secret, as a neighbour would."""

    def __init__(self, app: Any, name: str) -> None:
        self.app = app
        self.name = name

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        if environ["PATH_INFO"].startswith("/v1/"):
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(body)
            for name, value in signed_headers(SECRET, body, call=self.line(environ)).items():
                environ["HTTP_" + name.upper().replace("-", "_")] = value
        return self.app(environ, start)

    def line(self, environ: dict[str, Any]) -> str:
        if environ["PATH_INFO"] == "/v1/deliveries":
            return ""
        path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
        target = f"{path.replace('%', '%25')}?{environ['QUERY_STRING']}"
        key = environ.get("HTTP_IDEMPOTENCY_KEY", "")
        return call_line(environ["REQUEST_METHOD"], target, key)


def receiver(name: str) -> Any:
    """The receiver's application on a database of its own; its neighbours do not answer."""
    database = f"openapi_{name}_{WORKER}"
    CLUSTER.ensure_database(database)
    upgrade(name, CLUSTER.url(database))
    package = f"app.receivers.{name}"
    settings_of = getattr(importlib.import_module(f"{package}.settings"), f"{name.title()}Settings")
    given = {f"{each}_secret": SECRET for each in ("catalogue", "orders")}
    given |= {f"{each}_url": "http://127.0.0.1:9" for each in ("catalogue", "orders")}
    made = settings_of(database_url=CLUSTER.url(database), onshelf_env="test", **given)
    return importlib.import_module(f"{package}.application").create_app(made)


def whole(name: str) -> dict[str, Any]:
    """The document with the schemas that it refers to put into it."""
    text = (contracts.FOLDER / f"{name}.openapi.json").read_text()
    document = json.loads(re.sub(r'"([a-z-]+)\.schema\.json', r'"#/components/schemas/\1', text))
    for contract in contracts.names():
        found = contracts.schema(contract)
        if contract == "delivery-batch":
            narrow(found)
        inside = json.dumps(found).replace('"#/$defs/', f'"#/components/schemas/{contract}/$defs/')
        found = json.loads(inside)
        document["components"]["schemas"][contract] = {
            key: value for key, value in found.items() if key not in ("$id", "$schema")
        }
    return document


def narrow(batch: dict[str, Any]) -> None:
    """Less to think of: a product's payload has so many parts that eight take half a minute.

    What stands there is one that fits; `test_inbox` has those that do not.
    """
    delivery = batch["$defs"]["delivery"]
    kinds = []
    for rule in delivery.pop("allOf"):
        subject, payload = (rule[part]["properties"] for part in ("if", "then"))
        kinds.append(delivery | {"properties": delivery["properties"] | {**subject, **payload}})
    kinds[0]["properties"]["payload"] = {"const": product(1, 1, item(11))["payload"]}
    batch["properties"]["deliveries"] |= {"items": {"anyOf": kinds}, "maxItems": 3}
    del batch["$defs"]["product"], batch["$defs"]["item"], batch["$defs"]["delivery"]


@pytest.fixture(scope="module", params=NAMES)
def described(request: pytest.FixtureRequest, database: None) -> Iterator[tuple[Any, Any]]:
    """A receiver and its document."""
    app = receiver(request.param)
    schema = schemathesis.openapi.from_dict(whole(request.param))
    schema.app = Signed(app, request.param)
    batch = json.dumps({"deliveries": [product(1, 1, item(11))]}).encode()
    answer = app.test_client().post(
        "/v1/deliveries", data=batch, headers=signed_headers(SECRET, batch)
    )
    assert answer.json["results"][0]["outcome"] == "applied"
    yield app, schema
    app.extensions["store"].engine.dispose()


def test_every_route_is_described(described):
    app, schema = described
    told = {(op.ok().method.upper(), shape(op.ok().path)) for op in schema.get_all_operations()}
    there = {
        (method, shape(rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert told == there


@pytest.mark.parametrize("mode", list(EXAMPLES), ids=lambda mode: mode.value)
def test_every_answer_is_as_described(described, mode):
    _, schema = described
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not list(operation.iter_parameters()):
            continue
        asked(operation, mode)()


def asked(operation: Any, mode: GenerationMode) -> Callable[[], None]:
    """Some requests of *operation*, each with what is to be said of its answer."""

    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=EXAMPLES[mode],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        answer = case.call()
        unanswered = answer.status_code == UNANSWERED and operation.path in ORDERING
        case.validate_response(answer, checks=CHECKS[1:] if unanswered else CHECKS)

    return one


def test_the_document_and_what_it_refers_to_are_served(described):
    app, _ = described
    document = app.test_client().get("/openapi.json")
    assert document.status_code == 200
    for name in set(re.findall(r'"([a-z-]+\.schema\.json)', document.text)):
        assert app.test_client().get(f"/{name}").json["$id"]


def shape(path: str) -> str:
    """A path with its variables left open."""
    return re.sub(r"<[^>]*>|\{[^}]*\}", "{}", path)
