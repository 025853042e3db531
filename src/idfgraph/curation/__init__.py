"""The steward's desk: pages extracted and merged, changes compared, records reviewed."""
