// The first facet of Cryptography follows.
