"""Matchers, frozen by name: a change that moves scores is a new matcher next to the old."""

from limen.names.matchers.matcher import DEFAULT_MATCHER, Matcher, matcher_named

__all__ = ["DEFAULT_MATCHER", "Matcher", "matcher_named"]
