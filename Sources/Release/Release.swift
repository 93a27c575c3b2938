// The first facet of Release follows.
