package com.example.shop;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.stream.ActivityTrail;
import dev.trailcast.stream.PageQuery;
import dev.trailcast.stream.TrailPage;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.stream.Collectors;
import javax.naming.InitialContext;

/** What is kept of the trail, as the host's own code asks for it. */
@Path("history")
@RequestScoped
public class History {
  private static final PageQuery QUERY =
      PageQuery.oldest().matching(ActivityFilter.ALL.withSources("/history"));

  @Inject private ActivityTrail trail;

  /** As far as the caller may see it. */
  @GET
  public String seen() {
    return types(trail.page(QUERY));
  }

  /** Whoever it is for. */
  @GET
  @Path("everything")
  public String everything() {
    return types(trail.unrestrictedPage(QUERY));
  }

  /** What becomes of it where nobody asks. */
  @GET
  @Path("elsewhere")
  public String elsewhere() throws Exception {
    ManagedExecutorService executor =
        InitialContext.doLookup("java:comp/DefaultManagedExecutorService");
    return executor.submit(this::outcome).get();
  }

  private String outcome() {
    try {
      return seen();
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static String types(TrailPage page) {
    return page.entries().stream()
        .map(entry -> entry.activity().type())
        .collect(Collectors.joining(" "));
  }
}
