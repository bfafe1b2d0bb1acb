package dev.trailcast.it;

import dev.trailcast.Await;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The journals that an application can have: in which WAR it is, what is set for one that nobody
 * else has, and when it takes what is published.
 */
public enum TestJournal {
  EMBEDDED {
    @Override
    File war() {
      return new File(System.getProperty("trailcast.war"));
    }

    @Override
    void complete(Map<String, String> settings) {} // it is what everybody has

    @Override
    public void awaitOpen(Server server) {} // before the application is
  },

  /** In the broker that all classes of a fork share. */
  KAFKA {
    @Override
    File war() {
      return new File(System.getProperty("trailcast.kafka.war"));
    }

    @Override
    void complete(Map<String, String> settings) {
      String directory = settings.get("trailcast.journal.directory");
      settings.put("trailcast.journal", "kafka");
      settings.computeIfAbsent(
          "trailcast.kafka.bootstrap", key -> KafkaBroker.shared().bootstrapServers());
      settings.putIfAbsent("trailcast.kafka.topic", directory.replaceAll("[^\\w.-]+", "-"));
      settings.put("trailcast.kafka.create-topic", "true");
    }

    @Override
    public void awaitOpen(Server server) throws Exception {
      Await.until("the journal to be open", () -> isOpen(server));
    }

    private static boolean isOpen(Server server) throws IOException, InterruptedException {
      String address = server.base().getPath().replaceFirst("(.)/$", "$1");
      List<JsonObject> checks =
          Server.json(new Server(server.base().resolve("/")).get("health"))
              .getJsonArray("checks")
              .getValuesAs(JsonObject.class)
              .stream()
              .filter(check -> isOf(address, check))
              .toList();
      return !checks.isEmpty()
          && checks.stream().allMatch(check -> check.getString("status").equals("UP"));
    }

    private static boolean isOf(String address, JsonObject check) {
      JsonObject data = check.getJsonObject("data");
      return data != null && data.getString("application", "").equals(address);
    }
  };

  /** The one that these tests run with. */
  public static TestJournal current() {
    return valueOf(System.getProperty("it.journal").toUpperCase(Locale.ROOT));
  }

  /** The WAR as it is built that has what this journal needs. */
  abstract File war();

  /** Adds what is set for it to other settings, by whose directory it is known again. */
  abstract void complete(Map<String, String> settings);

  /** Waits until an application takes what is published. */
  public abstract void awaitOpen(Server server) throws Exception;
}
