// The first facet of OpenSSL follows.
