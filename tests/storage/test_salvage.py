"""Rows read without SQLite are those that SQLite wrote."""

import sqlite3
from pathlib import Path

import pytest

from companion.storage.salvage import Image, Value

VALUES: list[Value] = [
    None, 0, 1, -1, 127, 128, -32769, 2**23, 2**31, 2**40,
    -(2**47) - 1, 2**63 - 1, -(2**63), 0.5, -1e300, "", "\N{GRINNING FACE}\0x", b"", b"\0\xff",
]  # fmt: skip


def rows(path: Path, columns: int) -> tuple[dict[int, tuple[Value, ...]], list[tuple[Value, ...]]]:
    """Rows with so many values: of tables by their rowid, and of tables without one."""
    with Image(path) as image:
        found = [row for _, page in image.rows() for row in page if len(row.values) == columns]
    by_id = {row.rowid: row.values for row in found if row.rowid is not None}
    return by_id, [row.values for row in found if row.rowid is None]


def test_every_kind_of_value_is_read(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "a.db")
    connection.execute(f"CREATE TABLE t ({', '.join(f'c{n}' for n in range(len(VALUES)))})")
    connection.execute(f"INSERT INTO t VALUES ({', '.join('?' * len(VALUES))})", VALUES)
    connection.commit()
    connection.close()
    assert rows(tmp_path / "a.db", len(VALUES))[0] == {1: tuple(VALUES)}


@pytest.mark.parametrize("page_size", [512, 4096, 65536])
def test_rows_of_every_length_are_read(tmp_path: Path, page_size: int) -> None:
    """Around the lengths at which a text no longer fits on its page, and one, two and more pages further."""
    lengths = sorted(
        {around + off for k in (0.0, 0.24, 0.25, 0.96, 1.0, 1.25, 2.0, 3.25) for off in range(-45, 10)
         for around in [int(k * page_size)] if around + off >= 0}
    )  # fmt: skip
    connection = sqlite3.connect(tmp_path / "a.db")
    connection.execute(f"PRAGMA page_size = {page_size}")
    connection.execute("CREATE TABLE t (a, b, c, d)")
    connection.execute("CREATE TABLE w (n INTEGER PRIMARY KEY, x, y) WITHOUT ROWID")
    texts = {n: "".join(chr(97 + (n + i) % 26) for i in range(n)) for n in lengths}
    connection.executemany("INSERT INTO t VALUES (?, 0, NULL, 'x')", [(text,) for text in texts.values()])
    connection.executemany("INSERT INTO w VALUES (?, ?, 1)", texts.items())
    connection.commit()
    connection.close()
    by_id, _ = rows(tmp_path / "a.db", 4)
    assert by_id == {i: (text, 0, None, "x") for i, text in enumerate(texts.values(), 1)}
    _, without = rows(tmp_path / "a.db", 3)
    assert sorted(without) == [(n, text, 1) for n, text in texts.items()]  # type: ignore[type-var]


def test_a_chain_of_pages_that_bites_its_tail_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a, b)")
    connection.execute("INSERT INTO t VALUES ('short', 1), (?, 2)", ("x" * 50_000,))
    connection.commit()
    connection.close()
    data = bytearray(path.read_bytes())
    for page in range(3, len(data) // 4096 + 1):
        data[(page - 1) * 4096 : (page - 1) * 4096 + 4] = (3).to_bytes(4, "big")
    path.write_bytes(data)
    assert rows(path, 2)[0] == {1: ("short", 1)}
