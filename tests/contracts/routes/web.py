from tests.contracts.visitors import Row, everybody

ROUTES = {
    "POST /csp": Row(everybody(204)),
    "POST /language": Row(everybody(303)),
    "POST /theme": Row(everybody(303)),
    "GET /patterns": Row(everybody(200)),
    "GET /healthz": Row(everybody(200)),
    "GET /metrics": Row(everybody(200)),
    # Tests run without a worker: readiness says so.
    "GET /readyz": Row(everybody(503)),
}
