"""Files and addresses in, records out: the only place where a page's layout or a file's form is
known.
"""
