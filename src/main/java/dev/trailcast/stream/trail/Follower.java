package dev.trailcast.stream.trail;

/** Somebody on a channel of the tail. */
public interface Follower {
  /** There is something new for it, or may be. From any thread, and often: it must not wait. */
  void wake();
}
