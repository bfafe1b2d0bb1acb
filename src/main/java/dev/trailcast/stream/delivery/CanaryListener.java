package dev.trailcast.stream.delivery;

/** Hears how far canaries have come. Called by threads that serve readers: it only takes note. */
public interface CanaryListener {
  /**
   * One has come to the tail that all readers follow.
   *
   * @param id of the activity that it is
   */
  void announced(String id);

  /** One has been written, as to any reader. */
  void written(String id);
}
