// The first facet of Lake follows.
