package dev.trailcast.benchmark;

/** Trailcast itself has failed, so that its scenario can't be measured to the end. */
final class ScenarioFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message who failed, when and how
   */
  ScenarioFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
