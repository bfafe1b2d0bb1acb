package dev.trailcast.ingest.outbox;

import dev.trailcast.ingest.outbox.Orders.Ending;
import dev.trailcast.ingest.outbox.Orders.Way;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;

/** Lets a test from outside have orders placed, and look into the database. */
@Path("/")
@RequestScoped
public class OrdersResource {
  @Inject private Orders orders;

  /** What is done, answered as "done", or why not. */
  @POST
  @Path("orders/{number}")
  public String place(
      @PathParam("number") int number,
      @QueryParam("told") int told,
      @QueryParam("way") @DefaultValue("TOLD_LAST") Way way,
      @QueryParam("ending") @DefaultValue("COMMITS") Ending ending,
      @QueryParam("byHand") boolean isByHand) {
    try {
      if (isByHand) {
        orders.placeByHand(number, told, way, ending);
      } else {
        orders.place(number, told, way, ending);
      }
      return "done";
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** The median of what it takes to place one of so many orders, in microseconds. */
  @POST
  @Path("measure/{first}")
  public long measure(
      @PathParam("first") int first, @QueryParam("orders") int count, @QueryParam("told") int told)
      throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      orders.place(first + i, told, Way.TOLD_LAST, Ending.COMMITS);
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return nanos[count / 2] / 1_000;
  }

  @POST
  @Path("execute")
  public void execute(String sql) throws Exception {
    orders.execute(sql);
  }

  @POST
  @Path("query")
  public String query(String sql) throws Exception {
    return orders.query(sql);
  }
}
