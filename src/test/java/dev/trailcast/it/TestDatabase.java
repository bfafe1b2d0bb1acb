package dev.trailcast.it;

import javax.sql.DataSource;
import javax.sql.XADataSource;

/**
 * A database of a server's, for its user {@code sa}.
 *
 * @param dataSource the driver's, on the tests' own path
 */
public record TestDatabase(String url, Class<?> dataSource) {
  /** What of it a server is to use: XA where it can. */
  String type() {
    Class<?> type =
        XADataSource.class.isAssignableFrom(dataSource) ? XADataSource.class : DataSource.class;
    return type.getName();
  }
}
