"""The reviewers' pages, under one address, and what they lend to the templates of others."""

from flask import Blueprint

from app.journey.review import boxes
from app.journey.review.appealed import appeal_waits
from app.journey.review.comparing.outlook import outlook
from app.journey.review.expectation import expected
from app.taxonomy.queues import queue_name

blueprint = Blueprint("review", __name__, url_prefix="/review")
blueprint.add_app_template_global(queue_name)
blueprint.add_app_template_global(expected, "expected_review")
blueprint.add_app_template_global(outlook, "edit_outlook")
blueprint.add_app_template_global(appeal_waits)
blueprint.add_app_template_filter(boxes.said, "part")
