package dev.trailcast.stream.delivery;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * How many files and connections this process may have open. Readers are bounded by it, too: at it
 * nobody can connect any more, and the journal may find no file.
 *
 * @param most as the operating system has it, or {@link #UNKNOWN}
 */
record OpenFiles(long most) {
  static final long UNKNOWN = Long.MAX_VALUE;

  /** Libraries, journal, publishers, whoever asks for health: a server needs about 400. */
  private static final int OTHERS = 1000;

  /** As the virtual machine tells it, on Unix. */
  static OpenFiles ofThisProcess() {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      Object most =
          beans.getAttribute(
              new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME),
              "MaxFileDescriptorCount");
      return new OpenFiles(most instanceof Long count && count > 0 ? count : UNKNOWN);
    } catch (JMException e) {
      return new OpenFiles(UNKNOWN);
    }
  }

  /** What is to be said where so many readers would have no place; empty where they have. */
  Optional<String> tooFewFor(int readers) {
    if (most - OTHERS >= readers) {
      return Optional.empty();
    }
    return Optional.of(
        ("trailcast.stream.readers.max is %d, but this process may open %d files, of which about %d"
                + " are for others than readers: raise its limit (ulimit -n) or lower the setting,"
                + " for beyond it nobody can connect at all")
            .formatted(readers, most, OTHERS));
  }
}
