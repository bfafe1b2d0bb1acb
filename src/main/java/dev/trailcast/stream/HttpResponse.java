package dev.trailcast.stream;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The open response of one reader.
 *
 * <p>It is written by blocking writes. That a write takes its time from nobody else is the pumps'
 * business: on Open Liberty there is no other kind (design notes in the package of {@link Pumps}).
 */
final class HttpResponse {
  private final OutputStream body;
  private final Connection connection;
  private final Runnable completion;
  private boolean begun;

  /**
   * @param body taken from the response while the request was still being handled
   * @param connection what it goes through, or null
   * @param completion ends the asynchronous request
   */
  HttpResponse(OutputStream body, Connection connection, Runnable completion) {
    this.body = body;
    this.connection = connection;
    this.completion = completion;
  }

  Connection connection() {
    return connection;
  }

  void write(WriteBuffer out) throws IOException {
    out.writeTo(body);
    body.flush();
    if (!begun) {
      body.flush(); // Open Liberty ignores the first flush of a response
      begun = true;
    }
  }

  void end() {
    completion.run();
  }
}
