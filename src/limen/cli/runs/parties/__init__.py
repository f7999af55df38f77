"""What ``limen parties`` works out: one party, authorities compared, judgements."""
