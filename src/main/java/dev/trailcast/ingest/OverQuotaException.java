package dev.trailcast.ingest;

import dev.trailcast.http.Problem;

/** A caller has brought all that it may for now. */
public final class OverQuotaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  /**
   * @param problem 429, which says when to come again
   */
  OverQuotaException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** What is said to it. */
  public Problem problem() {
    return problem;
  }
}
