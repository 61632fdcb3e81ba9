"""The API against its own description: whatever schemathesis makes of it, nothing breaks.

Everything is drawn anew from the description each time, in the same order: no run differs.
"""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from dbsapp.sync.openapi import description
from tests.phones import SESSION, Phone, new_id

pytestmark = pytest.mark.both_databases

#: Not `negative_data_rejection`: one wrong mutation is refused alone, in a 200, and an odd `limit`
#: does no harm. Not `ignored_auth`: `tests/invariants/test_access.py` tries every route.
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.positive_data_acceptance,
    checks.missing_required_header,
    checks.unsupported_method,
    checks.allow_header_conformance,
]
#: The ids of the entries that all pushes are about.
POOL = [new_id() for _ in range(3)]
schema = schemathesis.openapi.from_dict(description())


@schema.parametrize()
@settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.usefixtures("bystander")
def test_nothing_breaks_and_all_is_as_described(case: Any, app: Flask, alice: Phone) -> None:
    case.operation.app = app
    lead_home(case.body, alice)
    if case.query.get("user"):
        case.query["user"] = alice.user
    cookie = alice.client.get_cookie("session")
    case.call_and_validate(
        checks=CHECKS,
        headers={"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"},
        cookies={"session": cookie.value if cookie else ""},
    )


def lead_home(body: Any, phone: Phone) -> None:
    """Turn a push for nobody into one of this phone, of new changes of few entries: they meet."""
    if not isinstance(body, dict):
        return
    if isinstance(body.get("user"), str):
        body["user"] = phone.user
        body.pop("epoch", None)
    # A browser writes 7, never 7.0, which to JSON Schema is an integer and to us is none.
    body |= {name: int(value) for name, value in body.items() if isinstance(value, float)}
    mutations = body.get("mutations")
    for mutation in mutations if isinstance(mutations, list) else ():
        if isinstance(mutation, dict) and isinstance(mutation.get("id"), str):
            own = {"mid": next(phone.mids), "mutation_id": new_id(), "kind": "session"}
            mutation |= own | {"id": POOL[len(str(mutation)) % len(POOL)]}
            if isinstance(mutation.get("set"), dict) and mutation.get("op") == "create":
                mutation["set"] = {**SESSION, **mutation["set"]}
