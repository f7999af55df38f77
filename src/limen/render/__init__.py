"""Findings, territories, timelines and documents as SVG and HTML."""
