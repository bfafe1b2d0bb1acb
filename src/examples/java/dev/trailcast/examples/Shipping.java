package dev.trailcast.examples;

import dev.trailcast.activity.Activity;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Sends what was ordered, and tells the buyer. */
@ApplicationScoped
public class Shipping {
  private static final int PACKING_SECONDS = 4;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  private ManagedScheduledExecutorService scheduler;

  @Inject private Event<Activity> activities;

  void pack(@Observes(during = TransactionPhase.AFTER_SUCCESS) Order order) {
    scheduler.schedule(() -> ship(order), PACKING_SECONDS, TimeUnit.SECONDS);
  }

  private void ship(Order order) {
    activities.fire(
        order
            .buyer()
            .isTold("order.shipped")
            .withData(Map.of("order", order.number(), "items", order.cart().items())));
  }
}
