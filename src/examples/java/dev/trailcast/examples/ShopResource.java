package dev.trailcast.examples;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;

/** The shop, as its page asks for it on behalf of a visitor. */
@Path("{visitor}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ShopResource {
  @PathParam("visitor")
  private Visitor visitor;

  @Inject private Catalogue catalogue;
  @Inject private Carts carts;
  @Inject private Orders orders;

  @GET
  @Path("products")
  public List<Product> products(@QueryParam("search") String words) {
    return words == null ? catalogue.browse(visitor) : catalogue.search(visitor, words);
  }

  @GET
  @Path("products/{id}")
  public Product product(@PathParam("id") String id) {
    return catalogue.view(visitor, id).orElseThrow(NotFoundException::new);
  }

  @GET
  @Path("cart")
  public Cart cart() {
    return carts.of(visitor);
  }

  /** Puts one more of a product into the cart. */
  @POST
  @Path("cart/{id}")
  public Cart add(@PathParam("id") String id) {
    return carts.add(visitor, catalogue.find(id).orElseThrow(NotFoundException::new));
  }

  /** Takes one of a product out of the cart. */
  @DELETE
  @Path("cart/{id}")
  public Cart remove(@PathParam("id") String id) {
    return carts.remove(visitor, catalogue.find(id).orElseThrow(NotFoundException::new));
  }

  /** Orders what is in the cart. */
  @POST
  @Path("orders")
  public Response order() {
    Cart cart = carts.of(visitor);
    if (cart.items().isEmpty()) {
      return refusal(Status.CONFLICT, "The cart is empty");
    }
    try {
      return Response.status(Status.CREATED).entity(orders.place(visitor, cart)).build();
    } catch (PaymentRefusedException e) {
      return refusal(Status.PAYMENT_REQUIRED, e.getMessage());
    }
  }

  private static Response refusal(Status status, String why) {
    return Response.status(status).entity(Map.of("detail", why)).build();
  }
}
