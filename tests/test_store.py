"""The store on SQLite and on a real PostgreSQL that these tests start: gate, conflicts, concurrency, kills, backup."""

import json
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from loaders.backup import backup, restore
from loaders.corrections import CorrectionError, apply_corrections, read_csv, write_csv
from loaders.store import LOCAL_USER, Conflict, Editors, NotAnEditor, Store, StoreError, as_text, row_key, standing
from loaders.store_schema import database_url
from tests.conftest import ROOT

KEY = row_key("directives", {"directive_id": "x/1"})


def _postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def postgres_url():
    """Address of a database cluster that lives as long as the session; skipped where it is not installed."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed; scripts/install-system.sh installs it")
    home = Path(tempfile.mkdtemp(prefix="atlas-postgres-"))  # not pytest's folder: the server's user must reach it
    as_user = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(home, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(home / "data")
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": home}
    subprocess.run([*as_user, programs / "initdb", "-D", data, "-A", "trust", "-U", "atlas", "-N"], **run)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
    subprocess.run([*as_user, programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", home / "log", "start"], **run)
    yield f"postgresql://atlas@127.0.0.1:{port}/postgres"
    subprocess.run([*as_user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """A fresh, empty store's address."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'atlas.sqlite'}"
    base = request.getfixturevalue("postgres_url")
    from sqlalchemy import create_engine, text

    name = f"t{time.time_ns()}"
    admin = create_engine(database_url({"DATABASE_URL": base}), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return database_url({"DATABASE_URL": base.removesuffix("postgres") + name})


@pytest.fixture
def store(url):
    opened = Store(url, Editors())
    yield opened
    opened.engine.dispose()


def set_date(store, value, expected="", author=LOCAL_USER):
    return store.correct(
        author, "directives", KEY, "issue_date", expected=expected, value=value, reason="the scan says so"
    )


def test_a_correction_stands_until_it_is_undone(store):
    first = set_date(store, "2021-03-30")
    second = set_date(store, "2021-03-31", expected="2021-03-30")
    assert [(item.id, item.value, item.expected) for item in store.standing()] == [(second, "2021-03-31", "")]
    store.undo(LOCAL_USER, second, "wrong page")
    assert [item.id for item in store.standing()] == [first]
    store.undo(LOCAL_USER, first, "")
    assert store.standing() == []
    assert [item.action for item in store.history("directives", KEY)] == ["set", "set", "undo", "undo"]
    with pytest.raises(StoreError, match="undone already"):
        store.undo(LOCAL_USER, first, "")


def test_a_conflict_shows_both_values_and_overwrites_nothing(store):
    set_date(store, "2021-03-30")
    with pytest.raises(Conflict) as conflict:
        set_date(store, "2021-04-01")
    assert (conflict.value.theirs, conflict.value.yours) == ("2021-03-30", "2021-04-01")
    assert [item.value for item in store.standing()] == ["2021-03-30"]


@pytest.mark.parametrize(
    ("editors", "author", "may"),
    [
        (Editors(), LOCAL_USER, True),
        (Editors(), "someone@example.org", False),
        (Editors(frozenset({"an@example.org"})), "An@Example.org", True),
        (Editors(frozenset({"an@example.org"})), LOCAL_USER, False),
        (Editors(frozenset({"an@example.org"})), "", False),
        (Editors(frozenset()), LOCAL_USER, False),
    ],
)
def test_only_editors_write_by_any_function(url, editors, author, may):
    store = Store(url, editors)
    writes = [
        lambda: set_date(store, "2021-03-30", author=author),
        lambda: store.verify(author, "x/1", "checked"),
        lambda: store.add_upload(author, "a.txt", b"a"),
        lambda: store.undo(author, 1, ""),
        lambda: store.remove_upload(author, "0" * 64),
    ]
    for write in writes:
        if may:
            write()
        else:
            with pytest.raises(NotAnEditor):
                write()
    assert bool(store.history()) is may
    assert bool(store.audit_log()) is may
    store.engine.dispose()


def test_every_write_is_in_the_audit_log(store):
    set_date(store, "2021-03-30")
    store.verify(LOCAL_USER, "x/1", "checked")
    digest = store.add_upload(LOCAL_USER, "a.txt", b"a")
    store.remove_upload(LOCAL_USER, digest)
    actions = [row["action"] for row in store.audit_log()][::-1]
    assert actions == ["correct:set", "verify:checked", "upload", "upload:remove"]
    assert store.verified()["x/1"][0] == "checked"
    assert store.uploaded() == {}


def test_the_version_changes_with_every_write(store):
    seen = {store.version()}
    correction = set_date(store, "2021-03-30")
    seen.add(store.version())
    store.undo(LOCAL_USER, correction, "")
    seen.add(store.version())
    store.add_upload(LOCAL_USER, "a.txt", b"a")
    seen.add(store.version())
    assert len(seen) == 4


def _write_many(url: str, worker: int, n: int) -> None:
    store = Store(url, Editors())
    for number in range(n):
        key = row_key("directives", {"directive_id": f"worker/{worker}/{number}"})
        store.correct(LOCAL_USER, "directives", key, "subject", expected="", value=f"v{number}", reason="load")
    store.engine.dispose()


def test_two_writers_of_a_thousand_corrections_lose_none(url):
    Store(url, Editors()).engine.dispose()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(url, worker, 1000)) for worker in (1, 2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    store = Store(url, Editors())
    assert len(store.standing()) == 2000
    assert len({item.key for item in store.standing()}) == 2000
    store.engine.dispose()


def test_one_of_two_racing_for_a_fact_wins_and_the_other_is_told(url):
    Store(url, Editors()).engine.dispose()
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    racers = [context.Process(target=_race, args=(url, name, results)) for name in ("a", "b")]
    for racer in racers:
        racer.start()
    said = [results.get(timeout=60) for _ in range(2 * 50)]
    for racer in racers:
        racer.join()
    store = Store(url, Editors())
    assert said.count("written") == 50 == len(store.history())
    assert said.count("conflict") == 50
    store.engine.dispose()


def _race(url: str, name: str, results) -> None:
    store = Store(url, Editors())
    for number in range(50):
        key = row_key("directives", {"directive_id": f"fact/{number}"})
        try:
            store.correct(LOCAL_USER, "directives", key, "subject", expected="", value=name, reason="race")
            results.put("written")
        except Conflict:
            results.put("conflict")
    store.engine.dispose()


WRITER = """
import sys
from loaders.store import LOCAL_USER, Editors, Store, row_key
store = Store(sys.argv[1], Editors())
for number in range(100000):
    key = row_key("directives", {"directive_id": f"{sys.argv[2]}/{number}"})
    print(store.correct(LOCAL_USER, "directives", key, "subject", expected="", value="v", reason="r"), flush=True)
"""


def test_fifty_kills_in_the_middle_of_writes_leave_a_consistent_store(url):
    """Every correction that was confirmed is there, each with its audit row."""
    Store(url, Editors()).engine.dispose()
    confirmed = set()
    waiting = [_start_writer(url, 0)]
    for kill in range(50):
        if kill < 49:
            waiting.append(_start_writer(url, kill + 1))  # the next one starts up while this one writes
        writer = waiting.pop(0)
        confirmed.add(int(writer.stdout.readline()))
        time.sleep(0.005 * (kill % 7))
        writer.send_signal(signal.SIGKILL)
        confirmed.update(int(line) for line in writer.stdout.read().split() if line)
        writer.wait()
    store = Store(url, Editors())
    held = {item.id for item in store.history()}
    assert len(confirmed) >= 50
    assert confirmed <= held
    assert len(store.audit_log(10**9)) == len(held)
    set_date(store, "2021-03-30")
    store.engine.dispose()


def _start_writer(url: str, number: int) -> subprocess.Popen:
    command = [sys.executable, "-c", WRITER, url, str(number)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_backup_and_restore_keep_everything(store, tmp_path):
    correction = set_date(store, "2021-03-30")
    store.undo(LOCAL_USER, correction, "no")
    store.verify(LOCAL_USER, "x/1", "disputed")
    digest = store.add_upload(LOCAL_USER, "thư.txt", "Kính gửi".encode())
    n = backup(store, tmp_path / "store.json")
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}", Editors())
    assert restore(other, tmp_path / "store.json") == n
    assert other.history() == store.history()
    assert other.verified() == store.verified()
    assert other.upload_content(digest) == "Kính gửi".encode()
    assert set_date(other, "2021-04-02") > correction
    with pytest.raises(StoreError, match="empty one"):
        restore(other, tmp_path / "store.json")
    other.engine.dispose()


def test_corrections_round_trip_through_csv(store):
    set_date(store, "2021-03-30")
    store.correct(LOCAL_USER, "directives", KEY, "subject", expected="", value='về "5K", dòng\nthứ hai', reason="=1+1")
    again = read_csv(write_csv(store.standing()))
    fields = [(item.table, item.key, item.field, item.action, item.expected, item.value, item.at) for item in again]
    wanted = [
        (item.table, item.key, item.field, item.action, item.expected, item.value, item.at) for item in store.standing()
    ]
    assert fields == wanted
    with pytest.raises(CorrectionError, match="missing"):
        read_csv("table,key\n")


def kien_giang(rows):
    return next(row for row in rows["directives"] if row["province_code"] == "VN-47")


@pytest.fixture
def rows(corpus_tables):
    from loaders.tables import SPECS, read_table

    return {name: read_table(name, corpus_tables).to_pylist() for name in SPECS}


def test_a_corrected_day_settles_bounds_and_basis(store, rows):
    key = row_key("directives", kien_giang(rows))
    store.correct(LOCAL_USER, "directives", key, "issue_date", expected="", value="2021-04-01", reason="gazette")
    changed, refused = apply_corrections(rows, store.standing())
    row = kien_giang(changed)
    assert not refused
    assert str(row["issue_date"]) == str(row["date_earliest"]) == str(row["date_latest"]) == "2021-04-01"
    assert row["date_basis"] == "corrected"
    assert "gazette" in row["date_note"]
    assert kien_giang(rows)["issue_date"] is None, "the rows given were changed"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"expected": "2021-01-01"}, "not '2021-01-01'", id="the machine reads another value now"),
        pytest.param({"key": '["gone"]'}, "no longer there", id="the fact is gone"),
        pytest.param({"value": "31/2/2021"}, "write days as", id="no day"),
    ],
)
def test_the_guard_lists_what_it_does_not_apply(store, rows, change, said):
    written = {"key": row_key("directives", kien_giang(rows)), "expected": "", "value": "2021-04-01", **change}
    key = written.pop("key")
    store.correct(LOCAL_USER, "directives", key, "issue_date", reason="r", **written)
    changed, refused = apply_corrections(rows, store.standing())
    assert len(refused) == 1
    assert said in refused[0][1].message
    assert kien_giang(changed)["date_basis"] == kien_giang(rows)["date_basis"]


def test_a_fact_is_added_by_its_words_and_one_is_rejected(store, rows):
    source = next(row for row in rows["sources"] if row["is_primary"])
    start = source["text"].index("dịch")
    added = {
        "directive_id": source["directive_id"], "value": 1, "unit": "dịch", "kind": "reported", "what": "dịch",
        "quote": "dịch", "char_start": start, "char_end": start + 4,
    }  # fmt: skip
    store.correct(
        LOCAL_USER,
        "figures",
        row_key("figures", added),
        "",
        expected="",
        value=json.dumps(added),
        reason="seen",
        action="add",
    )
    task = rows["tasks"][0]
    store.correct(
        LOCAL_USER, "tasks", row_key("tasks", task), "", expected="", value="", reason="no order", action="reject"
    )
    changed, refused = apply_corrections(rows, store.standing())
    assert not refused
    assert len(changed["figures"]) == len(rows["figures"]) + 1
    assert len(changed["tasks"]) == len(rows["tasks"]) - 1
    moved = {**added, "char_start": start + 1, "char_end": start + 5}
    store.correct(
        LOCAL_USER,
        "figures",
        row_key("figures", moved),
        "",
        expected="",
        value=json.dumps(moved),
        reason="seen",
        action="add",
    )
    assert "no longer stand there" in apply_corrections(rows, store.standing())[1][0][1].message


def test_a_fact_that_people_added_is_taken_away_by_undoing_the_addition(store, rows):
    task = rows["tasks"][0]
    added = {**task, "role": "coordinate" if task["role"] != "coordinate" else "lead"}
    key = row_key("tasks", added)
    value = json.dumps({name: as_text(cell) for name, cell in added.items()})
    store.correct(LOCAL_USER, "tasks", key, "", expected="", value=value, reason="seen", action="add")
    assert len(apply_corrections(rows, store.standing())[0]["tasks"]) == len(rows["tasks"]) + 1
    store.reject(LOCAL_USER, "tasks", key, "on second thought")
    assert store.standing() == []
    store.reject(LOCAL_USER, "tasks", row_key("tasks", task), "no order")
    changed, refused = apply_corrections(rows, store.standing())
    assert not refused and len(changed["tasks"]) == len(rows["tasks"]) - 1


def test_standing_ignores_what_was_undone_whatever_the_order(store):
    first = set_date(store, "2021-03-30")
    store.undo(LOCAL_USER, first, "")
    again = set_date(store, "2021-03-29")
    assert [item.id for item in standing(store.history())] == [again]
