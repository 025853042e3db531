"""The releases of a folder: built aside, swapped in, kept, held against one another."""
