package dev.trailcast.ingest.outbox;

import dev.trailcast.it.TestArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR with business code whose transactions write to a database, and an outbox there. */
final class OrdersArchive {
  private OrdersArchive() {}

  static WebArchive make() {
    return TestArchive.with(
            "trailcast.outbox.datasource", "jdbc/shop",
            "trailcast.outbox.create-table", "true",
            "trailcast.outbox.relay-interval", "PT0.2S")
        .addClasses(OrdersApplication.class, OrdersResource.class, Order.class)
        .addClasses(Orders.class, Orders.Way.class, Orders.Ending.class)
        .addAsResource("shop-persistence.xml", "META-INF/persistence.xml");
  }
}
