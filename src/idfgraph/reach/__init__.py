"""The servers of others: a release brought to their stores, and how they keep to the standards."""
