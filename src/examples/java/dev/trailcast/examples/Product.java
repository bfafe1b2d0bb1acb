package dev.trailcast.examples;

import java.math.BigDecimal;

/** Something that the shop sells; the price is in euros. */
public record Product(String id, String name, String description, BigDecimal price) {
  /** Its name on the trail. */
  String subject() {
    return "products/" + id;
  }
}
