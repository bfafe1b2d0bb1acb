package dev.trailcast.ingest.outbox;

import java.util.stream.Stream;

/** What databases say in words of their own: types, and how many rows a query is to find. */
enum Product {
  H2("H2", "VARCHAR(%d)", "INTEGER", "VARBINARY"),
  POSTGRESQL("PostgreSQL", "VARCHAR(%d)", "INTEGER", "BYTEA"),
  MYSQL("MySQL", "VARCHAR(%d) CHARACTER SET ascii COLLATE ascii_bin", "INTEGER", "LONGBLOB"),
  MARIADB("MariaDB", "VARCHAR(%d) CHARACTER SET ascii COLLATE ascii_bin", "INTEGER", "LONGBLOB"),
  ORACLE("Oracle", "VARCHAR2(%d)", "NUMBER(10)", "BLOB"),
  DB2("DB2", "VARCHAR(%d)", "INTEGER", "BLOB(16M)"),
  // a driver sends texts as NVARCHAR, and a VARCHAR that is compared with one is found by no index
  SQL_SERVER("Microsoft SQL Server", "NVARCHAR(%d)", "INTEGER", "VARBINARY(MAX)"),
  DERBY("Apache Derby", "VARCHAR(%d)", "INTEGER", "BLOB(16M)");

  private final String name;
  private final String text;
  private final String number;
  private final String bytes;

  Product(String name, String text, String number, String bytes) {
    this.name = name;
    this.text = text;
    this.number = number;
    this.bytes = bytes;
  }

  /**
   * The one of this name.
   *
   * @param name as the driver has it; of Db2 it goes on with the platform
   * @throws OutboxException if it is none of these
   */
  static Product named(String name) {
    return Stream.of(values())
        .filter(each -> name.startsWith(each.name))
        .findFirst()
        .orElseThrow(
            () ->
                new OutboxException(
                    "An outbox has to be in H2, PostgreSQL, MySQL, MariaDB, Oracle, Db2, SQL Server"
                        + " or Derby, not in "
                        + name,
                    null));
  }

  /** What makes the table. */
  String createTable() {
    return """
        CREATE TABLE trailcast_outbox (
          application %s NOT NULL,
          batch %s NOT NULL,
          place %s NOT NULL,
          actor %s,
          activity %s NOT NULL,
          PRIMARY KEY (application, batch, place)
        )"""
        .formatted(text.formatted(64), text.formatted(36), number, text.formatted(64), bytes);
  }

  /** What a query that is ordered ends with, so that it finds so many rows at most. */
  String first(int rows) {
    return switch (this) {
      case MYSQL, MARIADB -> "LIMIT " + rows;
      default -> "OFFSET 0 ROWS FETCH NEXT " + rows + " ROWS ONLY";
    };
  }
}
