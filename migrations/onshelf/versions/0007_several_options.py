"""items differ in several options

A listing's one axis (`option.axis`) and an item's value of it (`option`) become a list of options
(`options`) and a value of each (`options.<code>`), in contents, in the log of changes and in what
findings point at. What was submitted is rewritten too: it says the same in the new words, so the
trigger that guards it stands aside for this one statement.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Each version's axis; '' where there was none.
    op.execute(
        """
        CREATE TEMPORARY TABLE axes ON COMMIT DROP AS
        SELECT version_id, coalesce(content -> 'option' ->> 'axis', '') AS axis
        FROM version_part WHERE item_id IS NULL
        """
    )
    op.execute("ALTER TABLE version_part DISABLE TRIGGER submitted_part_stays")
    op.execute(
        """
        UPDATE version_part AS part
        SET content = (part.content - 'option') || CASE
          WHEN coalesce(part.content ->> 'option', '') = '' OR axes.axis = '' THEN '{}'::jsonb
          ELSE jsonb_build_object('options', jsonb_build_object(axes.axis, part.content -> 'option'))
        END
        FROM axes
        WHERE axes.version_id = part.version_id AND part.item_id IS NOT NULL
          AND part.content ? 'option'
        """
    )
    op.execute(
        """
        UPDATE change SET path = 'options.' || axes.axis
        FROM version_part AS part, axes
        WHERE part.id = change.part_id AND axes.version_id = change.version_id
          AND part.item_id IS NOT NULL AND change.path = 'option' AND axes.axis <> ''
        """
    )
    op.execute(
        """
        UPDATE finding
        SET path = regexp_replace(path, '^(items\\.[0-9]+)\\.option$', '\\1.options.' || axes.axis)
        FROM axes
        WHERE axes.version_id = finding.version_id AND axes.axis <> ''
          AND path ~ '^items\\.[0-9]+\\.option$'
        """
    )
    op.execute(
        """
        UPDATE version_part
        SET content = (content - 'option') || CASE coalesce(content -> 'option' ->> 'axis', '')
          WHEN '' THEN '{}'::jsonb
          ELSE jsonb_build_object('options', jsonb_build_array(content -> 'option' -> 'axis'))
        END
        WHERE item_id IS NULL AND content ? 'option'
        """
    )
    op.execute("ALTER TABLE version_part ENABLE TRIGGER submitted_part_stays")
    op.execute(
        """
        UPDATE change SET path = 'options',
          old = jsonb_build_object('value', CASE coalesce(old ->> 'value', '')
            WHEN '' THEN '[]'::jsonb ELSE jsonb_build_array(old -> 'value') END),
          new = jsonb_build_object('value', CASE coalesce(new ->> 'value', '')
            WHEN '' THEN '[]'::jsonb ELSE jsonb_build_array(new -> 'value') END)
        WHERE path = 'option.axis'
        """
    )
    op.execute("UPDATE finding SET path = 'options' WHERE path = 'option.axis'")


def downgrade() -> None:
    """Back to one axis: the first option; the others are left out."""
    op.execute(
        """
        CREATE TEMPORARY TABLE first ON COMMIT DROP AS
        SELECT version_id, coalesce(content -> 'options' ->> 0, '') AS axis
        FROM version_part WHERE item_id IS NULL
        """
    )
    op.execute("ALTER TABLE version_part DISABLE TRIGGER submitted_part_stays")
    op.execute(
        """
        UPDATE version_part AS part
        SET content = (part.content - 'options' - 'off')
          || jsonb_build_object('option', coalesce(part.content -> 'options' ->> first.axis, ''))
        FROM first
        WHERE first.version_id = part.version_id AND part.item_id IS NOT NULL
        """
    )
    op.execute(
        """
        UPDATE version_part
        SET content = (content - 'options') || jsonb_build_object(
          'option', jsonb_build_object('axis', coalesce(content -> 'options' ->> 0, '')))
        WHERE item_id IS NULL
        """
    )
    op.execute("ALTER TABLE version_part ENABLE TRIGGER submitted_part_stays")
    op.execute(
        """
        UPDATE change SET path = 'option.axis',
          old = jsonb_build_object('value', coalesce(old -> 'value' ->> 0, '')),
          new = jsonb_build_object('value', coalesce(new -> 'value' ->> 0, ''))
        WHERE path = 'options'
        """
    )
    op.execute("UPDATE change SET path = 'option' WHERE path LIKE 'options.%'")
    op.execute("UPDATE finding SET path = 'option.axis' WHERE path = 'options'")
    op.execute(
        "UPDATE finding SET path = regexp_replace(path, '\\.options\\.[^.]+$', '.option')"
        " WHERE path ~ '^items\\.[0-9]+\\.options\\.'"
    )
