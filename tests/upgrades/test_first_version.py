"""A site that began with the first version goes on: its database is migrated and its record stays whole.

`first_version.sql.gz` is the database of the sample site as that version made it.
"""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

FIRST = Path(__file__).parent / "first_version.sql.gz"


@pytest.fixture
def site(tmp_path):
    """Return what runs `manage.py` on a copy of the first version's database, migrated to this version."""
    place = tmp_path / "site.sqlite3"
    with sqlite3.connect(place) as database:
        database.executescript(gzip.decompress(FIRST.read_bytes()).decode())
    database.close()

    def manage(*words):
        environment = {**os.environ, "DJANGO_DEBUG": "1", "DATABASE_URL": f"sqlite:///{place}", "REDIS_URL": ""}
        return subprocess.run(
            [sys.executable, "manage.py", *words], env=environment, capture_output=True, text=True, check=False
        )

    manage.database = place
    assert manage("migrate", "--verbosity", "0").returncode == 0
    return manage


def test_the_record_of_the_first_version_stays_whole(site):
    verified = site("verify_audit")

    assert verified.returncode == 0, verified.stderr
    # The 77 events of that site, the one that seals the record as it stood, and the one that names the key in use.
    assert "The record is intact: 79 events verified." in verified.stdout


def test_the_upgrade_seals_the_record_once(site):
    assert site("migrate", "--verbosity", "0").returncode == 0

    with sqlite3.connect(site.database) as database:
        sealed = database.execute("SELECT verb FROM reviews_event WHERE seal != '' ORDER BY id").fetchall()
    database.close()

    assert sealed == [("seal_record",), ("use_key",)]


def test_a_value_slipped_into_a_new_column_of_an_old_row_is_named(site):
    with sqlite3.connect(site.database) as database:
        database.execute("DROP TRIGGER reviews_editorialpolicy_no_update")
        database.execute("UPDATE reviews_editorialpolicy SET waits_for_all = 1")
    database.close()

    verified = site("verify_audit")

    assert verified.returncode == 1
    assert "table reviews_editorialpolicy row 1 field waits_for_all" in verified.stdout + verified.stderr


def test_each_draft_knows_the_revision_it_grew_from(site):
    with sqlite3.connect(site.database) as database:
        query = "SELECT count(*) FROM articles_draftorigin o JOIN articles_revision r ON r.id = o.revision_id"
        found = database.execute(f"{query} AND r.article_id = o.article_id").fetchone()[0]
        articles = database.execute("SELECT count(DISTINCT article_id) FROM articles_revision").fetchone()[0]
    database.close()

    assert found == articles == 7


def test_each_review_knows_what_it_asks_for_as_it_did_before(site):
    """Nobody lowered or raised anything on that site: what its policy says of each text's risk class holds."""
    with sqlite3.connect(site.database) as database:
        query = (
            "SELECT r.requirements, r.reason, p.version, p.quorum, p.quorum_by_reason, p.blocks_approve, a.risk "
            "FROM reviews_review r JOIN reviews_editorialpolicy p ON p.id = r.policy_id "
            "JOIN articles_article a ON a.id = r.article_id"
        )
        reviews = database.execute(query).fetchall()
    database.close()

    assert reviews
    for asked, reason, version, quorum, by_reason, blocks, risk in reviews:
        found = json.loads(asked)
        ordinary = json.loads(quorum)[risk]
        assert (found["policy"], found["risk"]) == (version, risk)
        assert found["signers"] == json.loads(by_reason).get(reason, ordinary)
        assert found["blocks"] == sorted(json.loads(blocks))
        assert found["triaged_by"] == []
    assert any(json.loads(asked)["specialties"] for asked, *_rest in reviews)
