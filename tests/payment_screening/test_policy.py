"""A policy file: every error at once, each with its line and key."""

from __future__ import annotations

import pytest

from limen.payment_screening import PolicyError, load_policy, shipped_policy
from limen.payment_screening.policy_file import parse_policy

GOOD = b'default_channel = "a"\n[channels.a]\ndescription = "One."\n'


def test_the_shipped_policy_has_its_channels():
    policy = shipped_policy()
    assert set(policy.channels) == {"default", "strict", "sct_inst"}
    assert policy.channel(None).name == "default"
    assert policy.channel("sct_inst").unverified == ("debtor", "creditor")


def test_a_channel_of_ones_own_holds_what_it_does_not_mention():
    outcomes = parse_policy(GOOD, "own.toml").channel("a").outcomes
    assert (outcomes.hit, outcomes.territory, outcomes.review) == ("hold", "hold", "hold")


FAULTS = [
    (b"default_channel = ", "it is no TOML"),
    (b"", "there is no channel"),
    (GOOD.replace(b'"a"', b'"b"'), "line 1, default_channel: 'b' is no channel of this file"),
    (GOOD + b"treshold = 0.9\n", ("line 4, channels.a.treshold: it is no key of a policy; "
     "did you mean threshold?")),
    (GOOD + b"threshold = 0\n", "line 4, channels.a.threshold: 0 does not fit"),
    (GOOD + b'seconds = "5"\n', "line 4, channels.a.seconds: '5' does not fit"),
    (GOOD + b'roles = ["debitor"]\n', ("line 4, channels.a.roles: 'debitor' is no role; "
     "did you mean debtor?")),
    (GOOD + b'unverified = ["debtor"]\n', "`because` does not say why"),
    (GOOD + b'matcher = "limen-9"\n', "line 4, channels.a.matcher"),
    (GOOD + b'[channels.a.outcomes]\nhit = "ignore"\n', "line 5, channels.a.outcomes.hit"),
    (GOOD + b'[channels.a.outcomes]\ncannot_say = "pass"\n', "is a hold, always"),
    (GOOD + b"[channels.a.thresholds]\nremittance = 2\n", "line 4, channels.a.thresholds"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), FAULTS)
def test_a_fault_is_named_with_its_line_and_key(data, message):
    with pytest.raises(PolicyError) as refused:
        parse_policy(data, "own.toml")
    assert message in str(refused.value)
    assert str(refused.value).startswith("own.toml")


def test_all_faults_come_at_once(tmp_path):
    path = tmp_path / "own.toml"
    path.write_bytes(GOOD + b'threshold = 7\nroles = ["x"]\n[channels.b]\nseconds = 1\n')
    with pytest.raises(PolicyError) as refused:
        load_policy(path)
    for each in ("channels.a.threshold", "channels.a.roles", "channels.b.description"):
        assert each in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(PolicyError, match="No such file"):
        load_policy(tmp_path / "none.toml")
