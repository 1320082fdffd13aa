from tests.contracts.visitors import Row, everybody

# Strangers read the page; whoever is signed in goes on to their own first one.
ROUTES = {"GET /": Row(everybody(303, anonymous=200, disabled=200))}
