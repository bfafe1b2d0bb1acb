package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.HostArchive;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestJournal;
import jakarta.json.JsonValue;
import java.net.URL;
import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
@EnabledIf("dev.trailcast.it.Platform#takesMoreThanAWar")
class EarIT {
  @Deployment(name = "mall", testable = false)
  static EnterpriseArchive twoWarsWithTheJar() {
    return ear("mall", HostArchive.named("shop.war"), HostArchive.named("forum.war"));
  }

  @Deployment(name = "lost", testable = false)
  static EnterpriseArchive aWarBesideTheJar() {
    EnterpriseArchive lost = ear("lost", HostArchive.withoutTrailcast("lost.war"));
    HostArchive.addTrailcast(lost, "/lib/");
    return lost;
  }

  @Test
  void saysThatItIsNotReachedFromTheLibrariesOfAnEar(
      @ArquillianResource @OperateOnDeployment("mall") URL mall) throws Exception {
    HttpResponse<String> started = at(mall, "/").get("health/started");

    assertThat(Server.json(started).getJsonArray("checks"))
        .map(JsonValue::asJsonObject)
        .filteredOn(check -> check.getString("status").equals("DOWN"))
        .singleElement()
        .asString()
        .contains("trailcast-tail", "WEB-INF/lib of a WAR");
  }

  private static EnterpriseArchive ear(String name, WebArchive... wars) {
    StringBuilder modules = new StringBuilder();
    for (WebArchive war : wars) {
      modules.append(
          "<module><web><web-uri>%s</web-uri><context-root>/%s</context-root></web></module>"
              .formatted(war.getName(), war.getName().replace(".war", "")));
    }
    return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
        .addAsModules(wars)
        .setApplicationXML(
            new StringAsset(
                """
                <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">%s</application>
                """
                    .formatted(modules)));
  }

  @Test
  void worksInEachOfTwoWars(@ArquillianResource @OperateOnDeployment("mall") URL mall)
      throws Exception {
    for (String module : List.of("/shop/", "/forum/")) {
      Server each = at(mall, module);
      TestJournal.current().awaitOpen(each);
      each.record("{\"type\":\"recorded\",\"subject\":\"" + module + "\"}");

      assertThat(Server.json(each.get("api/activities")).getJsonArray("activities"))
          .singleElement()
          .asString()
          .contains("\"subject\":\"" + module + "\"");
      assertThat(each.get("rest/activities").body()).isEqualTo("the host's activities");
    }
  }

  /** The EAR itself has no address. */
  private static Server at(URL mall, String module) {
    return new Server(Server.of(mall).base().resolve(module));
  }
}
