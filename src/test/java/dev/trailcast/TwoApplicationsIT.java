package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.HostArchive;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two WARs with Trailcast on one server, which shows health and figures of both at one address. */
@ExtendWith(ArquillianExtension.class)
@EnabledIf("dev.trailcast.it.Platform#takesMoreThanAWar")
class TwoApplicationsIT {
  private static final String DIRECTORY = TestArchive.newJournalDirectory();

  @Deployment(name = "shop", order = 1, testable = false)
  static WebArchive shop() {
    return HostArchive.named("shop.war", "trailcast.journal.directory", DIRECTORY);
  }

  @Deployment(name = "forum", order = 2, testable = false)
  static WebArchive forum() {
    return HostArchive.named("forum.war");
  }

  @Deployment(name = "rival", order = 3, testable = false)
  static WebArchive rival() {
    return HostArchive.named("rival.war", "trailcast.journal.directory", DIRECTORY);
  }

  @Test
  void countsWhatIsRecordedInEach(
      @ArquillianResource @OperateOnDeployment("shop") Server shop,
      @ArquillianResource @OperateOnDeployment("forum") Server forum)
      throws Exception {
    shop.record("{\"type\":\"sold\"}");
    shop.record("{\"type\":\"sold\"}");
    forum.record("{\"type\":\"posted\"}");

    awaitAccepted(2, shop, "/shop");
    awaitAccepted(1, shop, "/forum");
  }

  private static void awaitAccepted(int count, Server server, String application) throws Exception {
    String[] labels = {
      "application=\"" + application + "\"", "door=\"http\"", "outcome=\"accepted\""
    };
    server.awaitMetric(count, "trailcast_ingested_activities_total", labels);
    assertThat(server.metric("trailcast_ingested_activities_total", labels)).isEqualTo(count);
  }

  @Test
  void saysWhoseAHealthCheckIs(@ArquillianResource @OperateOnDeployment("shop") Server shop)
      throws Exception {
    for (String check :
        List.of("trailcast-tail", "trailcast-journal", "trailcast-stream", "trailcast-threads")) {
      assertThat(data(shop, check).map(data -> data.getString("application")))
          .as(check)
          .containsExactlyInAnyOrder("/shop", "/forum", "/rival");
    }
  }

  @Test
  void saysThatADirectoryIsAnotherApplications(
      @ArquillianResource @OperateOnDeployment("shop") Server shop) throws Exception {
    Await.until("it to find out", () -> problemOfRival(shop).contains("another application"));

    assertThat(problemOfRival(shop)).contains(DIRECTORY, "trailcast.journal.directory");
  }

  private static String problemOfRival(Server shop) throws Exception {
    return data(shop, "trailcast-journal")
        .filter(data -> data.getString("application").equals("/rival"))
        .map(data -> data.getString("problem"))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonObject> data(Server server, String check) throws Exception {
    return Server.json(new Server(server.base().resolve("/")).get("health"))
        .getJsonArray("checks")
        .stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("name").equals(check))
        .map(each -> each.getJsonObject("data"));
  }
}
