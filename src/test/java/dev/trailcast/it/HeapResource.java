package dev.trailcast.it;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** Tells a test from outside what the server's heap holds. */
@Path("heap")
public class HeapResource {
  /** Bytes that a collection leaves, which it does first. */
  @GET
  public long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Writes what a collection leaves into a file that is not there yet. */
  @GET
  @Path("dump")
  public String dump(@QueryParam("file") String file) throws JMException {
    ManagementFactory.getPlatformMBeanServer()
        .invoke(
            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
            "dumpHeap",
            new Object[] {file, true},
            new String[] {String.class.getName(), boolean.class.getName()});
    return file;
  }
}
