"""A question and a published release in, an answer out."""
