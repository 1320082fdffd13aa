"""Mail as people get it: from the event to the mailbox, through the task."""

import email
import re
import socketserver
import threading
from datetime import timedelta
from email import policy

import pytest

from app.accounts import actions as accounts
from app.core import mail
from app.core.retry import MAIL
from app.core.unit_of_work import unit_of_work
from app.journey.notifying import actions
from app.journey.notifying.models import Notification
from app.journey.notifying.queries import notices, unread
from app.journey.notifying.sending import send_due
from app.settings import settings
from tests.factories import people


@pytest.fixture
def mailbox(session):
    folder = mail.mailbox()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.eml"):
        old.unlink()

    def read():
        files = sorted(folder.glob("*.eml"))
        return [email.message_from_bytes(f.read_bytes(), policy=policy.default) for f in files]

    return read


def text_of(message):
    return message.get_body(("plain",)).get_content()


def tell(person, **params):
    with unit_of_work():
        actions.notify([person.id], "version-approved", {"name": "주전자", **params}, "/listings/1")


@pytest.mark.parametrize(
    ("language", "subject"), [("ko", "승인: 파란 주전자"), ("en", "Approved: Blue kettle")]
)
def test_a_notice_is_told_in_the_persons_language(session, mailbox, language, subject):
    person = people.person(language=language)
    tell(person, name={"ko": "파란 주전자", "en": "Blue kettle"})

    send_due()

    (message,) = mailbox()
    assert (message["To"], message["Subject"]) == (person.email, subject)
    assert "http://localhost/listings/1" in text_of(message)
    assert "http://localhost/listings/1" in message.get_body(("html",)).get_content()
    assert unread(person.id) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "심사자의 메모: {잘} 찍었습니다."), ("en", "Note from the reviewer: {잘} 찍었습니다.")],
)
@pytest.mark.parametrize("together", [False, True])
def test_the_reviewers_note_is_in_the_mail(session, mailbox, language, said, together):
    person = people.person(language=language)
    tell(person, reviewer_note="{잘} 찍었습니다.\n<b>다음에도</b>")
    if together:
        tell(person)

    send_due()

    (message,) = mailbox()
    assert said in text_of(message) and "<b>다음에도</b>" in text_of(message)
    page = message.get_body(("html",)).get_content()
    assert said in page and "<br>&lt;b&gt;다음에도" in page
    assert text_of(message).count(said.partition(":")[0]) == 1


def test_a_mail_goes_once_however_often_the_bell_rings(session, mailbox):
    tell(people.person())

    send_due()
    send_due()

    assert len(mailbox()) == 1


def test_markup_in_a_name_is_only_text(session, mailbox):
    tell(people.person(name="<b>x</b>"), name="<script>\r\nBcc: a@b.example")

    send_due()

    (message,) = mailbox()
    assert message["Bcc"] is None
    assert "<script>" not in message.get_body(("html",)).get_content()


class Server(socketserver.StreamRequestHandler):
    """As much of a mail server as a client needs; `answers` says what each command gets."""

    def handle(self):
        self.say("220 test")
        for line in self.rfile:
            command = line.decode().strip().upper()
            if command == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.received.append(b"".join(lines))
            known = [code for start, code in self.server.answers.items() if start in command]
            self.say(known[0] if known else "250 well")
            if command == "QUIT":
                return

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def server(monkeypatch):
    """A mail server that SMTP_URL names."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server) as listening:
        listening.received, listening.answers = [], {}
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        use_server(monkeypatch, f"smtp://127.0.0.1:{listening.server_address[1]}")
        yield listening
        listening.shutdown()
    settings.cache_clear()


def use_server(monkeypatch, url):
    monkeypatch.setenv("SMTP_URL", url)
    settings.cache_clear()


def due_again(session):
    session.query(Notification).update({"not_before": Notification.created_at})
    session.commit()


def test_with_a_server_mail_goes_through_it(session, mailbox, server):
    tell(people.person(email="reader@seller.example"))

    send_due()

    (message,) = [email.message_from_bytes(each, policy=policy.default) for each in server.received]
    assert (message["To"], message["Subject"]) == ("reader@seller.example", "승인: 주전자")
    assert mailbox() == []


def test_an_address_the_server_refuses_is_parked_at_once(session, server):
    server.answers["RCPT"] = "550 no such person"
    tell(people.person())

    send_due()

    row = session.query(Notification).one()
    assert (row.mail_state, "no such person" in row.trouble) == ("parked", True), row.trouble


def test_a_busy_server_gets_the_mail_later(session, server):
    server.answers["RCPT"] = "451 later"
    tell(people.person())
    send_due()
    assert session.query(Notification).one().mail_state == "waiting"

    server.answers.clear()
    due_again(session)
    send_due()

    assert len(server.received) == 1


@pytest.fixture
def nobody_listens(monkeypatch):
    with socketserver.TCPServer(("127.0.0.1", 0), Server) as gone:
        port = gone.server_address[1]
    use_server(monkeypatch, f"smtp://127.0.0.1:{port}")
    yield monkeypatch
    settings.cache_clear()


def test_a_mail_waits_while_the_server_is_away(session, mailbox, nobody_listens):
    person = people.person()
    tell(person)
    assert send_due() == 1
    row = session.query(Notification).one()
    assert (row.mail_state, row.attempts) == ("waiting", 1)
    assert "refused" in row.trouble
    assert send_due() == 0, "not before its time"

    use_server(nobody_listens, "")
    due_again(session)
    send_due()

    assert len(mailbox()) == 1


def test_a_mail_that_never_goes_is_parked_and_can_be_sent_again(session, mailbox, nobody_listens):
    tell(people.person())
    for _ in range(MAIL.attempts):
        due_again(session)
        send_due()
    session.expire_all()
    row = session.query(Notification).one()
    assert row.mail_state == "parked"

    use_server(nobody_listens, "")
    with unit_of_work():
        actions.send_again(row.id)
    send_due()
    assert len(mailbox()) == 1


def test_pictures_refused_together_share_a_mail(session):
    person = people.person()
    with unit_of_work():
        actions.notify([person.id], "picture-refused", {"name": "컵", "files": "a.jpg"}, "/l/1", 60)
    with unit_of_work():
        taken = actions.add_to_waiting([person.id], "picture-refused", "/l/1", "files", "b.jpg")

    assert taken == {person.id}
    (notice,) = notices(person.id)
    assert notice.body.ko.startswith("a.jpg, b.jpg:")


def test_recovery_by_mail_works_once(session, client, submit, mailbox, run_tasks):
    person = people.person(email="lost@seller.example", password="the old kettle here")

    page = submit("/recovery", email="Lost@seller.example")
    assert page.status_code == 200 and "메일로 보냈습니다" in page.text
    run_tasks()

    (message,) = mailbox()
    link = re.search(r"http://localhost(/recovery/\S+)", text_of(message))[1]
    assert submit(link, password="short").status_code == 422
    assert submit(link, password="a brand new kettle").status_code == 303
    session.refresh(person)
    assert accounts.check_password(person.email, "a brand new kettle")
    assert client.get(link).status_code == 404
    run_tasks()
    assert mailbox()[-1]["Subject"] == "비밀번호가 바뀌었습니다"


def test_recovery_says_the_same_of_an_unknown_address(session, submit, mailbox, run_tasks):
    people.person(email="lost@seller.example", password="the old kettle here")
    known = submit("/recovery", email="lost@seller.example")
    unknown = submit("/recovery", email="nobody@seller.example")
    run_tasks()

    def without_address(page):
        plain = re.sub(r"(lost|nobody)@seller", "x@seller", page.text)
        return re.sub(r'(csrf_token" value|csrf-token" content)="[^"]+"', "", plain)

    assert without_address(known) == without_address(unknown)
    assert len(mailbox()) == 1


def test_a_repeated_sign_up_is_told_to_the_person_of_the_address(
    session, submit, mailbox, run_tasks
):
    people.person(email="known@seller.example", password="the old kettle here")
    submit(
        "/sign-up",
        name="누구",
        email="known@seller.example",
        password="선반 위의 파란 주전자",
        company="회사",
        business_number="120-88-00767",
        phone="02-555-0101",
    )
    run_tasks()

    (message,) = mailbox()
    assert message["Subject"] == "이미 Onshelf 계정이 있습니다"


def test_practice_people_get_notices_and_no_mail(session, mailbox):
    person = people.person(practice=True)
    tell(person)
    send_due()
    assert mailbox() == [] and unread(person.id) == 1


def test_the_sender_is_ours(session, mailbox):
    tell(people.person())
    send_due()
    assert mailbox()[0]["From"] == settings().mail_from


def mails_of_last_minute_are_long_ago(session):
    session.query(Notification).update({"not_before": Notification.created_at - timedelta(hours=1)})
    session.commit()


def test_a_verdict_is_mailed_at_once_and_the_next_ones_together(session, mailbox):
    person, other = people.person(), people.person()
    for name in ("첫째", "둘째", "셋째"):
        tell(person, name=name)
    tell(other, name="넷째")
    assert send_due() == 2

    assert {(m["To"], m["Subject"]) for m in mailbox()} == {
        (person.email, "알림 3건"),
        (other.email, "승인: 넷째"),
    }
    tell(person, name="다섯째")
    tell(person, name="여섯째")
    assert send_due() == 0, "one mail in five minutes"
    assert unread(person.id) == 5, "under the bell they stand at once"

    mails_of_last_minute_are_long_ago(session)
    assert send_due() == 1
    assert len(mailbox()) == 3
    told = text_of(mailbox()[-1])
    assert "- 승인: 다섯째\n  http://localhost/listings/1\n" in told
    assert "- 승인: 여섯째\n" in told and "셋째" not in told


def test_what_needs_work_stands_first_and_a_long_mail_ends(session, mailbox):
    person = people.person(language="en")
    for number in range(52):
        tell(person, name=f"Cup {number}")
    with unit_of_work():
        actions.notify([person.id], "version-rejected", {"name": "Pot <b>"}, "/listings/2")

    assert send_due() == 1

    (message,) = mailbox()
    lines = [line for line in text_of(message).splitlines() if line.startswith("- ")]
    assert lines[:2] == ["- Rejected: Pot <b>", "- Approved: Cup 0"]
    assert len(lines) == 50 and "and 3 more" in text_of(message)
    assert "http://localhost/notifications" in text_of(message)
    assert "Pot &lt;b&gt;" in message.get_body(("html",)).get_content()
    assert {row.mail_state for row in session.query(Notification)} == {"sent"}


def test_what_was_to_go_together_waits_together_while_the_server_is_away(
    session, mailbox, nobody_listens
):
    person = people.person()
    tell(person, name="첫째")
    tell(person, name="둘째")
    assert send_due() == 1
    assert {(r.mail_state, r.attempts) for r in session.query(Notification)} == {("waiting", 1)}

    use_server(nobody_listens, "")
    tell(person, name="셋째")
    assert send_due() == 0, "it joins the mail that waits"
    mails_of_last_minute_are_long_ago(session)
    assert send_due() == 1
    assert [m["Subject"] for m in mailbox()] == ["알림 3건"]


def test_mail_of_the_account_waits_for_nothing(session, mailbox):
    person = people.person()
    tell(person)
    send_due()
    with unit_of_work():
        actions.notify([person.id], "password-changed", {}, "/recovery")
    send_due()
    assert [m["Subject"] for m in mailbox()][-1] == "비밀번호가 바뀌었습니다"
