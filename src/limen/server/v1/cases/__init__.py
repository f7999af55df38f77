"""``/v1/cases``, ``/v1/good-guys`` and ``/v1/webhooks``: the case store, as who is named may."""
