"""What leaves the desk: evidence packs, judgements, webhooks, figures for managers."""
