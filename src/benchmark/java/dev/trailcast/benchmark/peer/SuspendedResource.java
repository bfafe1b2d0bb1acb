package dev.trailcast.benchmark.peer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Requests that are suspended and never answered: what a reader costs before any work is done. */
@Path("suspended")
public class SuspendedResource {
  private static final Queue<AsyncResponse> SUSPENDED = new ConcurrentLinkedQueue<>();

  private static final byte[] FIRST_BYTES = {':', '\n'};

  /** Waits for ever. */
  @GET
  public void suspend(@Suspended AsyncResponse response) {
    response.setTimeout(0, TimeUnit.SECONDS);
    SUSPENDED.add(response);
  }

  /** Waits for ever, behind the first bytes of a stream. */
  @GET
  @Path("begun")
  public void begin(
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response)
      throws IOException {
    request.getAsyncContext().setTimeout(0);
    response.setContentType(MediaType.SERVER_SENT_EVENTS);
    OutputStream out = response.getOutputStream();
    out.write(FIRST_BYTES);
    out.flush();
    out.flush(); // Liberty ignores the first
    SUSPENDED.add(suspended);
  }
}
