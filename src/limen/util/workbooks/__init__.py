"""Bounds of workbooks, for every room that reads them."""
