// The first facet of TestKit follows.
