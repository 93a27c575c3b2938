#include <stddef.h>
#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

/* Attributes that are numbers travel in pointers; the casts are out of Swift's sight. */
static inline SQLRETURN headwaters_odbc_version_3(SQLHENV environment) {
    return SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER)(size_t)SQL_OV_ODBC3, 0);
}
static inline SQLRETURN headwaters_odbc_connection_number(SQLHDBC connection, SQLINTEGER attribute, size_t value) {
    return SQLSetConnectAttrW(connection, attribute, (SQLPOINTER)value, SQL_IS_UINTEGER);
}
static inline SQLRETURN headwaters_odbc_statement_number(SQLHSTMT statement, SQLINTEGER attribute, size_t value) {
    return SQLSetStmtAttrW(statement, attribute, (SQLPOINTER)value, SQL_IS_UINTEGER);
}
