#include <sqlite3.h>

/* Macros that are sums of macros stay out of Swift's sight. */
static const int headwaters_constraint_unique = SQLITE_CONSTRAINT_UNIQUE;
static const int headwaters_constraint_primary_key = SQLITE_CONSTRAINT_PRIMARYKEY;

/* SQLite copies what is bound before the call returns; the macro's cast is out of Swift's sight. */
static inline int headwaters_bind_text(sqlite3_stmt *statement, int index, const char *text, int bytes) {
    return sqlite3_bind_text(statement, index, text ? text : "", bytes, SQLITE_TRANSIENT);
}
static inline int headwaters_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int count) {
    return count == 0 ? sqlite3_bind_zeroblob(statement, index, 0)
                      : sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}
