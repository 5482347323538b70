"""What the changelogs say of the lifecycle, release by release, and the cells that show it."""
