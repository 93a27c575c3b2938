// The first facet of Quality follows.
