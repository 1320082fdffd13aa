"""`make flask DO="audit verify"`: a command of `flask` within what `make run` keeps in `instance/`.

Elsewhere the environment says which installation is meant, and `flask --app wsgi` does.
"""

import os
import sys

from flask.cli import main as flask

from app.surfaces.cli.installed import installation, instance


def main(arguments: list[str]) -> None:
    """Run the command; its exit code is ours."""
    with installation(instance()):
        os.environ["FLASK_APP"] = "wsgi"
        sys.argv = ["flask", *arguments]
        flask()


if __name__ == "__main__":
    main(sys.argv[1:])
