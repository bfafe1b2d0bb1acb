package dev.trailcast.benchmark;

/** Something that is measured. */
interface Scenario {
  /** The name by which it is chosen. */
  String name();

  /** What it is about, in a sentence. */
  String title();

  /** Measures it. */
  Result run(Stage stage) throws Exception;
}
