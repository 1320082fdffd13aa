"""Alive, and ready: for supervisors and load balancers."""

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from app.receivers.database import Store


def blueprint(store: Store) -> Blueprint:
    """`/healthz` says that the process runs, `/readyz` that its database answers (503 if not)."""
    found = Blueprint("health", __name__)

    @found.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @found.get("/readyz")
    def readyz() -> tuple[Response, int]:
        try:
            store.answers()
        except SQLAlchemyError:
            return jsonify(status="failing", checks={"database": False}), 503
        return jsonify(status="ok", checks={"database": True}), 200

    return found
