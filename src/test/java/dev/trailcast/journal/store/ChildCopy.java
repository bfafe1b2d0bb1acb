package dev.trailcast.journal.store;

import dev.trailcast.it.Processes;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.EntryStore.Entries;
import dev.trailcast.journal.store.TestLog.Record;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A process that copies a log, a few records at a time, as often as it is let, and says how far it
 * has come, one offset a line, until it is killed.
 */
final class ChildCopy implements AutoCloseable {
  static final long WINDOW = 500;

  private static final int SEED = 42;
  private static final int RECORDS = 10_000;
  private static final int BATCH = 5;

  private final Process process;
  private final BufferedReader output;

  private ChildCopy(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The log that it copies. */
  static TestLog log() {
    return new TestLog(new Random(SEED), WINDOW, RECORDS);
  }

  static ChildCopy start(Path directory) throws IOException {
    return new ChildCopy(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // lives for a moment only
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ChildCopy.class.getName(),
                directory.toString())
            .redirectError(Redirect.DISCARD)
            .start());
  }

  /** Lets it take more records so many times. */
  void let(int times) throws IOException {
    process.getOutputStream().write(new byte[times]);
    process.getOutputStream().flush();
  }

  /** Waits until it has done so so many times. */
  void await(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      if (output.readLine() == null) {
        throw new AssertionError("the child has ended");
      }
    }
  }

  /**
   * SIGKILL.
   *
   * @return how far it said last that it had come
   */
  long kill() throws IOException {
    process.toHandle().destroyForcibly(); // the process itself would throw away what it has said
    String last = output.readLine();
    for (String line = last; line != null && !line.isEmpty(); line = output.readLine()) {
      last = line;
    }
    Processes.awaitEnd(List.of(process.toHandle()));
    return last == null ? 0 : Long.parseLong(last);
  }

  @Override
  public void close() throws IOException {
    Processes.kill(process);
    output.close();
  }

  /** Takes one into a copy that keeps all of the log. */
  static void take(Record record, Entries entries) throws SQLException {
    if (record.activity().isPresent()) {
      Instant recorded = Instant.ofEpochMilli(record.offset());
      entries.add(new JournalEntry(record.place(), recorded, record.activity().get()));
    } else {
      entries.skip(record.place());
    }
  }

  /** The process: directory. */
  public static void main(String[] arguments) throws Exception {
    List<Record> records = log().records();
    Database database = new Database(Path.of(arguments[0]), StoreKind.COPY);
    Optional<EntryStore> left = EntryStore.openCopy(database, WINDOW);
    EntryStore copy =
        left.isPresent()
            ? left.get()
            : EntryStore.beginCopy(database, WINDOW, new StreamPosition(TestLog.EPOCH, 0), 0);
    int next = 0;
    while (next < RECORDS && records.get(next).offset() <= copy.copied().offset()) {
      next++;
    }
    for (; System.in.read() >= 0; next += BATCH) {
      List<Record> batch = records.subList(next, next + BATCH);
      copy.commit(
          0,
          entries -> {
            for (Record record : batch) {
              take(record, entries);
            }
          });
      say(copy.copied().offset());
    }
  }

  /** In one system call, so that no line is cut in two by the kill. */
  private static void say(long offset) {
    byte[] line = (offset + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(line, 0, line.length);
    System.out.flush();
  }
}
