from django.db import migrations, models

SQLITE = (
    # The words are read from the table itself. Neither places nor counts of words are kept: they are not asked for.
    "CREATE VIRTUAL TABLE search_words USING fts5(terms, content='search_entry', content_rowid='id', detail='none',"
    " tokenize='ascii', prefix='5 6 7')",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN"
    " INSERT INTO search_words (rowid, terms) VALUES (new.id, new.terms); END",
    "CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN"
    " INSERT INTO search_words (search_words, rowid, terms) VALUES ('delete', old.id, old.terms); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN"
    " INSERT INTO search_words (search_words, rowid, terms) VALUES ('delete', old.id, old.terms);"
    " INSERT INTO search_words (rowid, terms) VALUES (new.id, new.terms); END",
)
SQLITE_BACK = ("DROP TABLE search_words",)
POSTGRESQL = (
    "ALTER TABLE search_entry ADD COLUMN words tsvector"
    " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    # Each scope in its own order: -id, which no other index gives, so that none that passes by other kinds is taken.
    "CREATE INDEX search_entry_scope ON search_entry (kind, is_open, (-id))",
    "ALTER TABLE search_entry ALTER COLUMN words SET STATISTICS 1000",
)


def _run(statements):
    def run(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16, verbose_name="nature")),
                ("object_id", models.PositiveBigIntegerField()),
                ("is_open", models.BooleanField(verbose_name="pour tout le monde")),
                ("terms", models.TextField()),
                ("title_length", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "entrée de la recherche",
                "verbose_name_plural": "entrées de la recherche",
                "constraints": [models.UniqueConstraint(fields=("kind", "object_id"), name="search_entry_once")],
            },
        ),
        migrations.RunPython(
            _run({"sqlite": SQLITE, "postgresql": POSTGRESQL}), _run({"sqlite": SQLITE_BACK}), elidable=False
        ),
    ]
