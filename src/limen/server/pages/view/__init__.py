"""View: templates, assets, and the geometry of the charts."""
