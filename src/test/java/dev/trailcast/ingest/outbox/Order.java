package dev.trailcast.ingest.outbox;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code orders}. */
@Entity
@Table(name = "orders")
public class Order {
  @Id private int number;
  private int told;

  /** For JPA. */
  protected Order() {}

  Order(int number, int told) {
    this.number = number;
    this.told = told;
  }
}
