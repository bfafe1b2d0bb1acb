package dev.trailcast.examples;

import dev.trailcast.activity.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Sells. */
@ApplicationScoped
public class Orders {
  private static final BigDecimal CREDIT = new BigDecimal("300");

  @Inject private Event<Activity> activities;
  @Inject private Event<Order> orders;

  /** Begins behind the numbers of the last run, which are on the trail. */
  private final AtomicLong number = new AtomicLong(Instant.now().getEpochSecond());

  /**
   * Places an order. It is on the trail when the transaction has committed, and never if it is
   * rolled back.
   *
   * @throws PaymentRefusedException which rolls it back
   */
  @Transactional
  public Order place(Visitor buyer, Cart cart) {
    Order order = new Order(number.incrementAndGet(), buyer, cart);
    activities.fire(buyer.did("order.placed", order.subject()).withData(cart));
    orders.fire(order);
    charge(cart.total());
    return order;
  }

  private static void charge(BigDecimal total) {
    if (total.compareTo(CREDIT) > 0) {
      throw new PaymentRefusedException("The bank pays no more than %s €".formatted(CREDIT));
    }
  }
}
