from app.core.mail import Mail, mailbox, send
from tests.contracts.visitors import Row, operators


def a_letter(world):
    send(Mail("key", "a@seller.example", "제목", "본문", "<p>본문</p>", "ko"))
    return {"name": max(file.name for file in mailbox().glob("*.eml"))}


ROUTES = {
    "GET /operator/mailbox": Row(operators(200)),
    "GET /operator/mailbox/<name>": Row(operators(200), a_letter),
    "POST /operator/mailbox/parked/<int:notification_id>/sending": Row(
        operators(303), lambda world: {"notification_id": 1}
    ),
}
