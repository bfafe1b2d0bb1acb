package dev.trailcast.examples;

import dev.trailcast.activity.Activity;

/**
 * Somebody in the shop.
 *
 * @param name as he says himself
 */
public record Visitor(String name) {
  private static final String SHOP = "/examples/shop";
  private static final String NAME = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,39}";

  /**
   * @throws IllegalArgumentException if that is no name; in a path that is a 404
   */
  public Visitor {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException("name must be of the form " + NAME + ", but is " + name);
    }
  }

  /** What he has done in the shop, to be fired. */
  Activity did(String type, String subject) {
    return Activity.of(name, type, subject).withSource(SHOP);
  }

  /** What the shop has done for him: the subject is his, so that it is his notification. */
  Activity isTold(String type) {
    return Activity.of("shop", type, "users/" + name).withSource(SHOP);
  }
}
