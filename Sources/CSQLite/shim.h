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

/* Only what reads one table of a file that somebody brought. */
static int headwaters_authorize_reading(
    void *none, int action, const char *name, const char *more, const char *database, const char *inner) {
    (void)none; (void)more; (void)database; (void)inner;
    switch (action) {
    case SQLITE_SELECT: case SQLITE_READ: case SQLITE_FUNCTION: case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_PRAGMA:
        return name && (sqlite3_stricmp(name, "quick_check") == 0 || sqlite3_stricmp(name, "table_xinfo") == 0)
            ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;
    }
}
static inline int headwaters_confine_to_reading(sqlite3 *handle) {
    int code = sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    if (code == SQLITE_OK) code = sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    if (code == SQLITE_OK) code = sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, (int *)0);
    return code == SQLITE_OK ? sqlite3_set_authorizer(handle, headwaters_authorize_reading, 0) : code;
}
