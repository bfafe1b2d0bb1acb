package dev.trailcast.examples;

import dev.trailcast.activity.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What there is to buy, and who looks at it. */
@ApplicationScoped
public class Catalogue {
  private static final List<Product> PRODUCTS =
      List.of(
          product("tea", "Green tea", "Sencha from Kagoshima, 100 g.", "11.90"),
          product("cup", "Cup", "Stoneware, glazed by hand, holds a quarter of a litre.", "18.00"),
          product("notebook", "Notebook", "192 pages, dotted, lies flat when open.", "14.50"),
          product("pen", "Fountain pen", "A steel nib, and ink for a long letter.", "39.00"),
          product("lamp", "Desk lamp", "Warm light that can be dimmed.", "89.00"),
          product("plant", "Monstera", "Likes a bright corner, and water once a week.", "27.50"));

  @Inject private Event<Activity> activities;

  /** All of it, for somebody who comes in. */
  public List<Product> browse(Visitor visitor) {
    activities.fire(visitor.did("page.viewed", "pages/shop"));
    return PRODUCTS;
  }

  /** What these words are found in. */
  public List<Product> search(Visitor visitor, String words) {
    String wanted = words.strip().toLowerCase(Locale.ROOT);
    List<Product> found =
        PRODUCTS.stream()
            .filter(
                product ->
                    (product.name() + " " + product.description())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
            .toList();
    activities.fire(
        visitor
            .did("search.made", "pages/shop")
            .withData(Map.of("words", words, "found", found.size())));
    return found;
  }

  /** One that somebody looks at. */
  public Optional<Product> view(Visitor visitor, String id) {
    Optional<Product> viewed = find(id);
    viewed.ifPresent(
        product ->
            activities.fire(
                visitor
                    .did("product.viewed", product.subject())
                    .withData(Map.of("name", product.name()))));
    return viewed;
  }

  Optional<Product> find(String id) {
    return PRODUCTS.stream().filter(product -> product.id().equals(id)).findFirst();
  }

  private static Product product(String id, String name, String description, String price) {
    return new Product(id, name, description, new BigDecimal(price));
  }
}
