package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Asker;
import dev.trailcast.it.Asker.Told;
import dev.trailcast.it.Description;
import dev.trailcast.it.Operation;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.Visitor;
import dev.trailcast.it.Website;
import dev.trailcast.security.TestIssuer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is described of answers that come where doors are switched off, where another host is asked
 * for, and where the issuer of tokens is away.
 */
@ExtendWith(ArquillianExtension.class)
class OpenApiShutIT {
  /** Of which nothing is left, or the other half of an address. */
  private static final Map<String, Integer> SWITCHED_OFF =
      Map.of(
          "POST /api/activities", 405,
          "POST /api/notifications", 404,
          "POST /api/v1/{call}", 404,
          "GET /api/stats", 404,
          "HEAD /api/stats", 404);

  @ArquillianResource private Server server;

  private final List<Operation> operations =
      Operation.of(Description.openApi(Description.delivered("openapi.yaml")));

  @Deployment(testable = false)
  static WebArchive trailcast() {
    Website issuer = new Website();
    issuer.close();
    return TestArchive.with(
        TestIssuer.takenBy(
            issuer,
            "trailcast.http.hosts",
            "localhost",
            "trailcast.http.publish",
            "false",
            "trailcast.http.statistics",
            "false"));
  }

  private Told tell(Server at, Operation operation, String... headers) throws Exception {
    return new Asker(at).tell(operation, operation.examples().get(0), headers);
  }

  @Test
  void whoeverAsksForAnotherHostIsToldSo() throws Exception {
    URI base = server.base();
    Server elsewhere =
        new Server(URI.create("http://127.0.0.1:" + base.getPort() + base.getPath()));
    for (Operation operation : operations) {
      assertThat(tell(elsewhere, operation).status()).as(what(operation)).isEqualTo(421);
    }
  }

  @Test
  void whatIsSwitchedOffIsNotThere() throws Exception {
    for (Operation operation : operations) {
      Integer status = SWITCHED_OFF.get(what(operation));
      if (status != null) {
        assertThat(tell(server, operation).status()).as(what(operation)).isEqualTo(status);
      }
    }
  }

  @Test
  void whoeverCanNotBeKnownNowIsToldSo() throws Exception {
    String[] token = Visitor.bearer(new TestIssuer("k1").sign(TestIssuer.claims("ada")));
    for (Operation operation : operations) {
      if (!SWITCHED_OFF.containsKey(what(operation)) && !operation.method().equals("OPTIONS")) {
        Told told = tell(server, operation, token);
        if (what(operation).equals("GET /api/events")) { // where a browser would give up at a 503
          assertThat(told.body()).contains("trailcast.closing", "unavailable");
        } else {
          assertThat(told.status()).as(what(operation)).isEqualTo(503);
        }
      }
    }
  }

  private static String what(Operation operation) {
    return operation.method() + ' ' + operation.path();
  }
}
