"""Lets `python -m idfgraph` be the command `idfgraph`."""

from .cli import main

main()
