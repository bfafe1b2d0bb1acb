package dev.trailcast.stream.wire;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The open response of one reader.
 *
 * <p>It is written by blocking writes. That a write takes its time from nobody else is the pumps'
 * business: on Open Liberty there is no other kind.
 */
public final class HttpResponse {
  private static final System.Logger LOG = System.getLogger(HttpResponse.class.getName());

  private final OutputStream body;
  private final Gzip gzip; // or null
  private final Connection connection;
  private final Runnable completion;
  private boolean begun;

  /**
   * @param body taken from the response while the request was still being handled
   * @param gzip packs it, or null
   * @param connection what it goes through, or null
   * @param completion ends the asynchronous request
   */
  public HttpResponse(OutputStream body, Gzip gzip, Connection connection, Runnable completion) {
    this.body = body;
    this.gzip = gzip;
    this.connection = connection;
    this.completion = completion;
  }

  Connection connection() {
    return connection;
  }

  /** Writes, and returns how many bytes. */
  long write(WriteBuffer out) throws IOException {
    long bytes;
    if (gzip == null) {
      out.writeTo(body);
      bytes = out.length();
    } else {
      bytes = gzip.write(out, body);
    }
    body.flush();
    if (!begun) {
      body.flush(); // Open Liberty ignores the first flush of a response
      begun = true;
    }
    return bytes;
  }

  /** Whether what is written goes out packed. */
  boolean isPacked() {
    return gzip != null;
  }

  /**
   * @param orderly whether the reader is still there to take the end of what it has got
   */
  void end(boolean orderly) {
    if (gzip != null && orderly) {
      try {
        gzip.end(body);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "The reader did not wait for the end", e);
      }
    }
    completion.run();
  }
}
