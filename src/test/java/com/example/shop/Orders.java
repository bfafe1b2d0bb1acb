package com.example.shop;

import dev.trailcast.activity.Activity;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;

/** Fires. */
class Orders {
  private final Event<Activity> activities;

  @Inject
  Orders(Event<Activity> activities) {
    this.activities = activities;
  }

  void place(String buyer, int number) {
    activities.fire(
        Activity.of(buyer, "order.placed", "orders/" + number).withData(Map.of("total", 42)));
  }
}
