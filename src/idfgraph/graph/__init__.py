"""Records in, sorted statements out."""
