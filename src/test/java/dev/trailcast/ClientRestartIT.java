package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Server;
import dev.trailcast.it.ServerProcess;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.Tab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages that follow with trailcast.js the WAR as delivered, on a server that goes and comes back.
 */
class ClientRestartIT {
  @TempDir Path directory;

  @Test
  void goesOnOverARestartOfTheServer() throws Exception {
    Map<String, String> environment = Map.of("TRAILCAST_JOURNAL_DIRECTORY", directory.toString());
    List<BrowserKind> installed = BrowserKind.installed();
    List<Browser> browsers = new ArrayList<>();
    try (ServerProcess process = new ServerProcess("trailcastClient")) {
      process.start(environment);
      Server server = process.server();
      List<Tab> tabs = new ArrayList<>();
      for (BrowserKind kind : installed) {
        Browser browser = kind.start();
        browsers.add(browser);
        tabs.add(browser.open(server.base()));
      }
      for (Tab tab : tabs) {
        tab.evaluate(
            """
            const { subscribe } = await import(`${location.origin}/trailcast.js`);
            window.seen = [];
            window.subscription = subscribe({
              filters: { source: '/restarted' },
              onActivity: activity => seen.push(activity.data),
            });
            """);
        tab.await("live", "subscription.state === 'live'");
      }
      record(server, 1, 100);
      process.stop();
      for (Tab tab : tabs) {
        tab.await("away", "subscription.state === 'connecting'");
      }
      process.start(environment);
      record(server, 101, 200);

      for (Tab tab : tabs) {
        tab.await("all", "seen.length >= 200");
        assertThat(tab.evaluate("return seen"))
            .isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
        tab.await("live", "subscription.state === 'live'");
      }
    } finally {
      browsers.forEach(Browser::close);
    }
  }

  private static void record(Server server, int first, int last) throws Exception {
    server.recordAll(
        LongStream.rangeClosed(first, last)
            .mapToObj(n -> "{\"source\":\"/restarted\",\"type\":\"counted\",\"data\":" + n + "}")
            .toList());
  }
}
