"""Answer questions put to the law: by any term, and whether something was authorised."""
