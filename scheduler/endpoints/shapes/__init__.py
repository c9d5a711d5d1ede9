"""End points as other programs are told them: the fields are the keys of the public JSON."""
