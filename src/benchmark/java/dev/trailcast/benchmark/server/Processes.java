package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processes as the operating system (Linux) sees them, with all their threads. */
public final class Processes {
  /** Clock ticks a second in {@code /proc}: the same on every architecture in use. */
  private static final double TICKS = 100;

  // man 5 proc: fields 14 and 15 of stat, of which this counts those behind the command
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private static final Pattern WRITE_CALLS = Pattern.compile("(?m)^syscw: (\\d+)$");

  private final List<Long> pids;

  private Processes(List<Long> pids) {
    this.pids = pids;
  }

  /** A process and those that it has started. */
  public static Processes of(Process root) {
    List<Long> pids = new ArrayList<>();
    pids.add(root.pid());
    root.descendants().map(ProcessHandle::pid).forEach(pids::add);
    return new Processes(pids);
  }

  /** This process. */
  public static Processes self() {
    return new Processes(List.of(ProcessHandle.current().pid()));
  }

  /** Seconds of CPU that they have used, in user and in system mode. */
  public double cpuSeconds() {
    return pids.stream().mapToDouble(Processes::cpuSeconds).sum();
  }

  /** Bytes of memory that they have to themselves: what several share is counted once. */
  public long residentBytes() {
    return pids.stream().mapToLong(Processes::residentBytes).sum();
  }

  /** How many system calls they have made that write, to whatever; less where nobody may know. */
  public long writeCalls() {
    return pids.stream().mapToLong(Processes::writeCalls).sum();
  }

  /** How many files and sockets they have open. */
  public int openFiles() {
    int count = 0;
    for (long pid : pids) {
      String[] descriptors = Path.of("/proc", Long.toString(pid), "fd").toFile().list();
      count += descriptors == null ? 0 : descriptors.length;
    }
    return count;
  }

  /** Bytes of what is alive on their Java heap, after a full collection; empty without one. */
  public OptionalLong liveHeapBytes() throws IOException, InterruptedException {
    for (long pid : pids) {
      if (read(pid, "comm").strip().equals("java")) {
        return OptionalLong.of(liveHeapBytes(pid));
      }
    }
    return OptionalLong.empty();
  }

  /**
   * A collection finds what has to be cleaned up, as buffers outside of the heap; the next one
   * finds that done. Each logged-in reader leaves three such cleaners.
   */
  private static long liveHeapBytes(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    String histogram = jcmd(pid, "GC.class_histogram");
    String total =
        histogram.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
    return Long.parseLong(total.split("\\s+")[2]);
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return Command.output(Patience.LIMIT, List.of(jcmd, Long.toString(pid), command));
  }

  private static double cpuSeconds(long pid) {
    String stat = read(pid, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS;
  }

  private static long residentBytes(long pid) {
    return read(pid, "smaps_rollup")
        .lines()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .sum();
  }

  /** Another user's, or that of a kernel that does not count them, are not to be had. */
  private static long writeCalls(long pid) {
    try {
      Matcher calls = WRITE_CALLS.matcher(Files.readString(file(pid, "io")));
      return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(file(pid, file));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " is gone", e);
    }
  }
}
