import pytest

from standdown.foundation.small_numbers import rounded


@pytest.mark.parametrize(
    ("number", "told"), [(0, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (88, 90), (104, 105)]
)
def test_a_number_is_rounded_and_hidden_under_ten(number: int, told: int | None) -> None:
    assert rounded(number) == told
