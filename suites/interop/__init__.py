"""Two libraries against each other: the situations, and the rule about both ends."""
