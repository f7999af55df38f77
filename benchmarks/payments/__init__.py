"""Payment messages: generated, read, and screened."""
