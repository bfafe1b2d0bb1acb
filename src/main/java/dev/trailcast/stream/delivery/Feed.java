package dev.trailcast.stream.delivery;

import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.WriteBuffer;

/**
 * What one reader gets, in its order. For the one thread that serves the reader, which asks for it
 * whenever there may be something new.
 */
public interface Feed {
  /** How far it has come. */
  enum Progress {
    /** Stopped in the middle: enough for one write. */
    MORE,
    /** There is more, but it can wait for company. */
    PART,
    /** Has to wait until it is woken. */
    WAITING,
    /** Nothing lies before it. */
    AT_HEAD
  }

  /** Begins a reader's feed. */
  interface Beginning {
    /**
     * @param reader who gets it; to be woken when there is something new and it waits for that
     */
    Feed begin(Subscriber reader);
  }

  /** Puts out how the stream begins, the first time. */
  void open(WriteBuffer out);

  /**
   * Puts out what there is, until there is enough for a write.
   *
   * @param frames the thread's own
   */
  Progress advance(WriteBuffer out, Frame[] frames);

  /** Whether something is held back until it is {@link #due}. */
  boolean holdsBack();

  /** When to go on, as {@link System#nanoTime} tells it, where something is held back. */
  long due();

  /** Puts out what is held back, for there is no later. */
  void releaseAll(WriteBuffer out);

  /**
   * Puts out where the reader is, if it is time to.
   *
   * @param beat whether a heartbeat is due
   */
  void sayWhereItIs(WriteBuffer out, Progress progress, boolean beat);

  /**
   * How many places of the journal lie between the reader and the newest; 0 where it follows
   * something else. For any thread, and no more than a figure.
   */
  long behind();

  /** The reader has gone: wakes it no more, and lets go of what it holds. */
  void end();
}
