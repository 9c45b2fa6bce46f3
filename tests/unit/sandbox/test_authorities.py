"""The sandbox's certificates are made once, and their keys are for nobody else to read."""

from sandbox.authorities import Authorities


def test_authorities_are_made_once(tmp_path):
    files = Authorities(tmp_path / "new").make()
    first = {path: path.read_bytes() for path in files.folder.iterdir()}

    Authorities(tmp_path / "new").make()

    assert {path: path.read_bytes() for path in files.folder.iterdir()} == first
    assert len(first) == 6


def test_nobody_else_may_read_them(tmp_path):
    files = Authorities(tmp_path).make()

    assert [path for path in files.folder.iterdir() if path.stat().st_mode & 0o077] == []


def test_the_root_s_key_is_not_kept(tmp_path):
    files = Authorities(tmp_path).make()

    keys = [path.name for path in files.folder.iterdir() if b"PRIVATE KEY" in path.read_bytes()]
    assert sorted(keys) == ["signing.key.pem", "timestamps.key.pem"]
