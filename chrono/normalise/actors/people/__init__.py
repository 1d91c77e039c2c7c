"""People: the children a row is about, relatives by whose they are, professionals by role and number, ages."""
