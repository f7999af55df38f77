"""Read FollowTheMoney data: entities, nested targets and simple tables."""
