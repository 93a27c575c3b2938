// The first facet of Server follows.
