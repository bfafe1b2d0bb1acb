package dev.trailcast.journal;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Tells a test from outside what the bean has observed. */
@Path("observing")
@RequestScoped
public class ObservingResource {
  @Inject private ObservingBean bean;

  @GET
  public String observed() {
    return String.join(" ", bean.observed());
  }

  @POST
  public void release() {
    bean.release();
  }
}
