package dev.trailcast.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jose4j.http.Get;

/**
 * Where an issuer's public keys are to be had.
 *
 * @param location a file, or an address
 */
record KeySource(String location) {
  /** A request waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int MOST_BYTES = 1024 * 1024;

  boolean isRemote() {
    return location.startsWith("https://") || location.startsWith("http://");
  }

  /** What is there now. */
  String read() throws IOException {
    return isRemote() ? fetch() : readFile();
  }

  private String fetch() throws IOException {
    Get get = new Get();
    get.setConnectTimeout((int) PATIENCE.toMillis());
    get.setReadTimeout((int) PATIENCE.toMillis());
    get.setRetries(0);
    get.setResponseBodySizeLimit(MOST_BYTES);
    return get.get(location).getBody();
  }

  private String readFile() throws IOException {
    try {
      Path file = Path.of(location);
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("larger than " + MOST_BYTES + " bytes");
      }
      return Files.readString(file);
    } catch (InvalidPathException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
