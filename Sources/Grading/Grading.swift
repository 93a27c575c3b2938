// The first facet of Grading follows.
