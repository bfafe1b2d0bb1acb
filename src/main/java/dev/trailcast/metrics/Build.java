package dev.trailcast.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which Trailcast this is.
 *
 * @param version as Maven has it
 * @param revision what it was built of, as whoever built it says
 */
record Build(String version, String revision) {
  /** The one that this class is of. */
  static final Build THIS = read();

  private static Build read() {
    Properties properties = new Properties();
    try (InputStream file = Build.class.getResourceAsStream("build.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Build(properties.getProperty("version"), properties.getProperty("revision"));
  }
}
