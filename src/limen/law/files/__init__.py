"""Read, check and extend the YAML files that hold the law."""
