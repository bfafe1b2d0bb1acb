package com.example.host;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** Resources of the host's own. */
public final class HostResources {
  private HostResources() {}

  /** Figures of a business. */
  @Path("figures")
  public static class Figures {
    /** All of them. */
    @GET
    public String all() {
      return "the host's figures";
    }

    /** None. */
    @GET
    @Path("missing")
    public String missing() {
      throw new WebApplicationException(Response.Status.NOT_FOUND);
    }
  }
}
