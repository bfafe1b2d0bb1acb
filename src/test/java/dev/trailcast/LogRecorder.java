package dev.trailcast;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs, for the test to look at and for nobody else. */
public final class LogRecorder extends Handler implements AutoCloseable {
  private final Logger logger; // held, or it would be collected with this handler
  private final Queue<String> messages = new ConcurrentLinkedQueue<>();

  public LogRecorder(Class<?> logging) {
    this(logging.getName());
  }

  /**
   * @param logging the name of a class that not everybody sees
   */
  public LogRecorder(String logging) {
    logger = Logger.getLogger(logging);
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /** The oldest message, which is expected and so no longer among {@link #messages}. */
  public String takeMessage() {
    return messages.remove();
  }

  public List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void publish(LogRecord record) {
    messages.add(record.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
