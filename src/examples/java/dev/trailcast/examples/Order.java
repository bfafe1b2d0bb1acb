package dev.trailcast.examples;

/** Somebody has bought what was in his cart. */
public record Order(long number, Visitor buyer, Cart cart) {
  /** Its name on the trail. */
  String subject() {
    return "orders/" + number;
  }
}
