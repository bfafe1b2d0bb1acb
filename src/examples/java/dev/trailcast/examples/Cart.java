package dev.trailcast.examples;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What somebody is about to buy, and what it costs in euros. */
public record Cart(List<Item> items, BigDecimal total) {
  static final Cart EMPTY = new Cart(List.of(), BigDecimal.ZERO);

  /** So many of a product. */
  public record Item(String product, String name, int quantity) {}

  boolean has(Product product) {
    return quantityOf(product) > 0;
  }

  /** The same with one more of this. */
  Cart with(Product product) {
    List<Item> more = new ArrayList<>(items);
    Item item = item(product, quantityOf(product) + 1);
    if (has(product)) {
      more.replaceAll(other -> other.product().equals(item.product()) ? item : other);
    } else {
      more.add(item);
    }
    return new Cart(List.copyOf(more), total.add(product.price()));
  }

  /** The same with one less of this, which it has. */
  Cart without(Product product) {
    List<Item> less = new ArrayList<>(items);
    Item item = item(product, quantityOf(product) - 1);
    less.replaceAll(other -> other.product().equals(item.product()) ? item : other);
    less.removeIf(other -> other.quantity() == 0);
    return new Cart(List.copyOf(less), total.subtract(product.price()));
  }

  private int quantityOf(Product product) {
    return items.stream()
        .filter(item -> item.product().equals(product.subject()))
        .mapToInt(Item::quantity)
        .sum();
  }

  private static Item item(Product product, int quantity) {
    return new Item(product.subject(), product.name(), quantity);
  }
}
