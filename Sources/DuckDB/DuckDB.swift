// The first facet of DuckDB follows.
