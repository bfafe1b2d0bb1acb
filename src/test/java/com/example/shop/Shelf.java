package com.example.shop;

import dev.trailcast.stream.TrailcastPosition;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** State of the host's own, which its page shows and then keeps up to date. */
@Path("shelf")
public class Shelf {
  /** What is there, and where the trail was before that. */
  @GET
  @TrailcastPosition
  public String books() {
    return "the host's books";
  }

  /** What nobody follows. */
  @GET
  @Path("dust")
  public String dust() {
    return "the host's dust";
  }
}
