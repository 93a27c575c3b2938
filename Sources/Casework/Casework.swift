// The first facet of Casework follows.
