// The first facet of Hooking follows.
