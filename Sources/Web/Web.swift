// The first facet of Web follows.
