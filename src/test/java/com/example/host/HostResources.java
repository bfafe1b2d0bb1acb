package com.example.host;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** Resources with the names that Trailcast's own have. */
public final class HostResources {
  private HostResources() {}

  /** Events: concerts, perhaps. */
  @Path("events")
  public static class Events {
    /** All of them. */
    @GET
    public String all() {
      return "the host's events";
    }
  }

  /** Activities: hiking and swimming. */
  @Path("activities")
  public static class Activities {
    /** All of them. */
    @GET
    public String all() {
      return "the host's activities";
    }

    /** One more. */
    @POST
    public String add(String activity) {
      return "the host's " + activity;
    }
  }

  /** Figures of a business. */
  @Path("stats")
  public static class Stats {
    /** All of them. */
    @GET
    public String all() {
      return "the host's stats";
    }

    /** None. */
    @GET
    @Path("missing")
    public String missing() {
      throw new WebApplicationException(Response.Status.NOT_FOUND);
    }
  }
}
