package dev.trailcast.journal.store;

import dev.trailcast.journal.StreamPosition;
import java.io.IOException;

/** Who gives the order of what is kept, and so names its history. For the thread that writes. */
interface Order {
  /** Names the history that goes on. */
  String epoch();

  /**
   * Keeps in mind how far it has come.
   *
   * @param head up to here it is durable
   */
  void secure(StreamPosition head) throws IOException;
}
