"""Limen's own API: complete answers with their stamp; refusals as problem documents."""
