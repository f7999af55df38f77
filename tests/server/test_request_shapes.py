"""What a request says that does not fit its type is refused in plain words, with its place."""

import msgspec
import pytest

from limen.server.http.form_fields import check_fields
from limen.server.http.problems import ProblemError
from limen.server.http.request_body import decode


class Party(msgspec.Struct, forbid_unknown_fields=True):
    name: list[str]
    born: int = 0


class Query(msgspec.Struct, forbid_unknown_fields=True):
    parties: list[Party] | dict[str, Party]
    threshold: float = 0.5


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        (b'{"parties": [{"name": ["A"]}, {"name": [7]}]}', "parties[1].name[0]", "expected text"),
        (b'{"parties": {"q1": {"name": "A"}}}', "parties.q1.name", "expected a list, found 'A'"),
        (b'{"parties": [{"name": ["A"], "born": "1950"}]}', "parties[0].born", "a whole number"),
        (b'{"parties": [], "treshold": 1}', "treshold", "unknown key 'treshold'"),
        (b"{}", "body", "parties is missing"),
        (b"[]", "body", "got a list"),
        (b"[" * 100_000, "body", "another shape"),
        (b'[{"parties": ', "body", "another shape"),
    ],
)
def test_a_body_of_another_shape_has_place_and_reason(body, field, message):
    with pytest.raises(ProblemError) as refused:
        decode(body, msgspec.json.Decoder(Query))
    error = refused.value
    assert error.status == 422
    assert (error.field, message in error.detail) == (field, True), error.detail


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ([("file", "x"), ("encodings", "utf-16")], "form", "no field 'encodings'"),
        ([("as_of", "2022-02-21"), ("as_of", "2022-02-22")], "as_of", "is there twice"),
    ],
)
def test_a_field_that_a_form_does_not_have_is_refused(given, field, message):
    with pytest.raises(ProblemError, match=message) as refused:
        check_fields(given, ("file", "as_of", "encoding"))
    assert (refused.value.status, refused.value.field) == (422, field)
