package dev.trailcast.benchmark.load;

import java.util.UUID;

/**
 * The events that are published: activities in the JSON in which Trailcast keeps them, so that
 * every server gets and sends the same bytes.
 *
 * @param stamp what is in each, as its padding
 * @param variety whether they differ as in real life, so that compressing them is real work, or
 *     only in id and number
 * @param randomIds whether ids are at random (UUIDv4), or in order of time (UUIDv7)
 */
public record Activities(Stamp stamp, boolean variety, boolean randomIds) {
  private static final long START = System.currentTimeMillis();
  private static final String[] PAGES = {
    "home", "search", "products", "basket", "checkout", "orders", "account", "help"
  };
  private static final String[] TYPES = {
    "page.viewed", "product.viewed", "search.done", "basket.changed", "order.placed"
  };

  /** In order of time. */
  public Activities(Stamp stamp, boolean variety) {
    this(stamp, variety, false);
  }

  /** The same with ids at random. */
  public Activities withRandomIds() {
    return new Activities(stamp, variety, true);
  }

  String json(int number, String actor) {
    long mixed = mix(number);
    UUID id =
        randomIds
            ? UUID.randomUUID()
            : new UUID(((START + number) << 16) | 0x7000 | (mixed & 0xfff), mix(mixed));
    int any = (int) (mixed >>> 40);
    return "{\"specversion\":\"1.0\",\"id\":\""
        + id
        + "\",\"source\":\"/benchmark\",\"type\":\""
        + (variety ? TYPES[any % TYPES.length] : TYPES[0])
        + "\",\"time\":\"2026-01-31T12:00:00.000Z\",\"actor\":\""
        + (variety ? "user-" + any % 5_000 : actor)
        + "\",\"subject\":\""
        + (variety ? "products/" + any % 20_000 : "products/42")
        + "\",\"data\":{"
        + (variety ? details(any) : "")
        + "\"stamp\":\""
        + stamp.of(number)
        + "\"}}";
  }

  private static String details(int any) {
    return "\"page\":\"/"
        + PAGES[any % PAGES.length]
        + "/"
        + any % 700
        + "\",\"referrer\":\"https://shop.example/"
        + PAGES[any / 8 % PAGES.length]
        + "\",\"ms\":"
        + any % 3_000
        + ",\"session\":\""
        + Integer.toHexString(any * 31)
        + "\",";
  }

  /** The finalizer of SplitMix64: looks random, and is the same in every run. */
  private static long mix(long value) {
    long z = (value + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
