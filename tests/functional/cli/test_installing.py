"""`flask install` and `flask staff`, as somebody types them."""

from app.accounts.actions import check_password
from app.accounts.queries import person_by_email, queues_of
from app.settings import settings
from app.taxonomy.queries import category


def ask(app, *args, typed=""):
    return app.test_cli_runner().invoke(args=list(args), input=typed)


def test_install_makes_everything_ready_and_may_be_repeated(app, session):
    for _ in range(2):
        answer = ask(app, "install")
        assert answer.exit_code == 0, answer.output
    assert category("mugs").code == "mugs"
    assert app.test_client().get("/readyz").json["checks"]["storage"]["ok"]
    assert (settings().onshelf_instance / "storage").is_dir()


def test_the_first_operator_gets_a_password(app, session):
    password = "a long enough pass phrase 26"
    answer = ask(
        app, "staff", "grant", "operator", "ops@shop.example", "--name", "운영",
        typed=f"{password}\n{password}\n",
    )  # fmt: skip
    assert answer.exit_code == 0, answer.output
    assert [role.name for role in check_password("ops@shop.example", password).roles] == [
        "operator"
    ]


def test_somebody_who_has_an_account_becomes_a_reviewer(app, session):
    ask(
        app,
        "staff",
        "grant",
        "operator",
        "r@shop.example",
        "--name",
        "심사",
        typed="qwer asdf zxcv 77\n" * 2,
    )
    answer = ask(
        app, "staff", "grant", "reviewer", "r@shop.example", "--queue", "food", "--queue", "kitchen"
    )
    assert answer.exit_code == 0, answer.output
    assert queues_of(person_by_email("r@shop.example").id) == ["food", "kitchen"]


def test_what_is_missing_or_weak_is_said(app, session):
    assert "--name" in ask(app, "staff", "grant", "operator", "n@shop.example").output
    weak = ask(app, "staff", "grant", "operator", "n@shop.example", "--name", "N", typed="x\nx\n")
    assert weak.exit_code == 1
    assert person_by_email("n@shop.example") is None
