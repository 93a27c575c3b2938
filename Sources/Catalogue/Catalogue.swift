// The first facet of Catalogue follows.
