package dev.trailcast.it;

/**
 * A database of a server's, for its user {@code sa}.
 *
 * @param dataSource the driver's, on the tests' own path
 */
public record TestDatabase(String url, Class<?> dataSource) {}
