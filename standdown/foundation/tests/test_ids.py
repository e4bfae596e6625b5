import time

from standdown.foundation import ids


def test_keys_sort_by_the_time_they_were_made() -> None:
    first = ids.new()
    made = time.time_ns()
    while time.time_ns() // 1_000_000 == made // 1_000_000:
        pass
    assert first < ids.new()


def test_keys_are_version_seven_and_differ() -> None:
    keys = {ids.new() for _ in range(1000)}
    assert len(keys) == 1000
    assert {(key.version, key.variant) for key in keys} == {(7, "specified in RFC 4122")}


def test_references_can_be_read_out() -> None:
    for _ in range(200):
        prefix, _dash, code = ids.reference("TS").partition("-")
        assert prefix == "TS"
        assert len(code) == 6
        assert not set(code) & set("01258BILOSZ")
