package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.util.Optional;

/** A server that can be started to be measured. */
public interface Contender {
  /** As it stands in the results. */
  String name();

  /** What is not installed that it needs, where something is. */
  Optional<String> missing() throws InterruptedException;

  /** Starts it anew, with nothing of an earlier run, and waits until it answers. */
  RunningServer start() throws IOException, InterruptedException;
}
