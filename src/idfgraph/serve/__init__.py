"""A published release as answers over HTTP: linked data, SPARQL, pages for people."""
