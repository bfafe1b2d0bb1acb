package dev.trailcast.examples;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What somebody is about to buy, and what it costs in euros. */
public record Cart(List<Item> items, BigDecimal total) {
  static final Cart EMPTY = new Cart(List.of(), BigDecimal.ZERO);

  /** So many of a product. */
  public record Item(String product, String name, int quantity) {}

  /** The same with one more of this. */
  Cart with(Product product) {
    List<Item> more = new ArrayList<>(items);
    int quantity = 1;
    for (Item item : items) {
      if (item.product().equals(product.subject())) {
        quantity += item.quantity();
        more.remove(item);
      }
    }
    more.add(new Item(product.subject(), product.name(), quantity));
    return new Cart(List.copyOf(more), total.add(product.price()));
  }
}
