package dev.trailcast.health;

/**
 * Whether a limit is nearly reached: from 95 % of it on, until it is below 90 % again, so that
 * nobody is sent to and fro. For one thread.
 */
final class Mark {
  private static final double REACHED = 0.95;
  private static final double LEFT = 0.90;

  private final int looks;
  private int inARow;
  private boolean reached;

  /**
   * @param looks how often in a row it is to be seen, where what comes and goes is no reason
   */
  Mark(int looks) {
    this.looks = looks;
  }

  /**
   * A look.
   *
   * @param share of the limit that is taken; 1 is all of it
   * @return whether it is nearly reached
   */
  boolean look(double share) {
    inARow = share >= REACHED ? inARow + 1 : 0;
    reached = inARow >= looks || (reached && share >= LEFT);
    return reached;
  }
}
