// The first facet of Postgres follows.
