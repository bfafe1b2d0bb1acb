package dev.trailcast.it;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Lets a test from outside have the bean fire. */
@Path("fire")
@RequestScoped
public class FiringResource {
  @Inject private FiringBean bean;

  @POST
  public String fire(
      @QueryParam("how") String how,
      @QueryParam("type") String type,
      @QueryParam("count") int count)
      throws Exception {
    return switch (how) {
      case "plain" -> told(() -> bean.fire(type));
      case "commit" -> told(() -> bean.fireAndCommit(type, count));
      case "rollback" -> told(() -> bean.fireAndFail(type));
      case "async-rollback" -> told(() -> bean.fireAsyncAndFail(type));
      case "too-large" -> bean.fireTooLarge();
      case "async-too-large" -> bean.fireAsyncTooLarge();
      default -> throw new IllegalArgumentException(how);
    };
  }

  private interface Firing {
    void run() throws Exception;
  }

  private static String told(Firing firing) {
    try {
      firing.run();
      return "done";
    } catch (Exception e) {
      return e.toString();
    }
  }
}
