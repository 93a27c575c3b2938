// The first facet of Exchange follows.
