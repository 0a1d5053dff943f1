// Nothing: the file has errors.
