package dev.trailcast.it;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.management.ManagementFactory;

/** Tells a test from outside what the server's heap holds. */
@Path("heap")
public class HeapResource {
  /** Bytes that a collection leaves, which it does first. */
  @GET
  public long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
