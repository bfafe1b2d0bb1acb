package dev.trailcast.examples;

import dev.trailcast.activity.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Each visitor's cart. */
@ApplicationScoped
public class Carts {
  private static final int MOST = 10_000; // then the one goes that nobody has touched for longest

  @Inject private Event<Activity> activities;

  // guarded by itself
  private final Map<Visitor, Cart> carts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Visitor, Cart> eldest) {
          return size() > MOST;
        }
      };

  public Cart of(Visitor visitor) {
    synchronized (carts) {
      return carts.getOrDefault(visitor, Cart.EMPTY);
    }
  }

  /** Puts one of these into it. */
  public Cart add(Visitor visitor, Product product) {
    Cart cart;
    synchronized (carts) {
      cart = of(visitor).with(product);
      carts.put(visitor, cart);
    }
    activities.fire(
        visitor
            .did("cart.added", product.subject())
            .withData(Map.of("name", product.name(), "price", product.price())));
    return cart;
  }

  /** Takes one of these out of it, where there is one. */
  public Cart remove(Visitor visitor, Product product) {
    Cart cart;
    synchronized (carts) {
      Cart before = of(visitor);
      if (!before.has(product)) {
        return before;
      }
      cart = before.without(product);
      carts.put(visitor, cart);
    }
    activities.fire(
        visitor
            .did("cart.removed", product.subject())
            .withData(Map.of("name", product.name(), "price", product.price())));
    return cart;
  }

  /** What is ordered is no longer in the cart; an order that is rolled back leaves it there. */
  void empty(@Observes(during = TransactionPhase.AFTER_SUCCESS) Order order) {
    synchronized (carts) {
      carts.remove(order.buyer());
    }
  }
}
