package dev.trailcast.journal.chosen;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import org.sqlite.JDBC;

/**
 * SQLite's driver, which tells the Java machine of itself when it is used first. That keeps it, and
 * with it every class of the application, until the server ends, however often the application is
 * deployed meanwhile: of the servers, Open Liberty does not take it away. Any thread may call.
 */
final class RegisteredDriver {
  private static final Logger LOG = System.getLogger(RegisteredDriver.class.getName());

  private RegisteredDriver() {}

  /**
   * Has the Java machine forget the driver, if it is this application's own: one that several share
   * stays. The store goes on as before, for it makes its connections without.
   */
  static void forget() {
    for (Driver each : Collections.list(DriverManager.getDrivers())) {
      if (each instanceof JDBC && isOurs(each)) {
        try {
          DriverManager.deregisterDriver(each);
        } catch (SQLException e) {
          LOG.log(Level.WARNING, "TRAIL0122W: SQLite's driver stays, and all classes with it", e);
        }
      }
    }
  }

  private static boolean isOurs(Driver driver) {
    return driver.getClass().getClassLoader() == RegisteredDriver.class.getClassLoader();
  }
}
