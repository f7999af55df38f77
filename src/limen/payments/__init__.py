"""ISO 20022 and MT messages into parties, agents, addresses and text. Not built yet."""
