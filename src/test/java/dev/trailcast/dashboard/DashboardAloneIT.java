package dev.trailcast.dashboard;

import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.Tab;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard of a server that has neither figures nor pages. */
@ExtendWith(ArquillianExtension.class)
class DashboardAloneIT {
  private static final String NONE = "the server does not have this";

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with("trailcast.http.pages", "false", "trailcast.http.statistics", "false");
  }

  @Test
  void showsWhatHappensInEachTabAndSaysWhatThereIsNot() throws Exception {
    try (Browser browser = BrowserKind.CHROMIUM.start();
        Tab tab = browser.open(server.base());
        Tab other = browser.open(server.base())) {
      for (Tab each : new Tab[] {tab, other}) {
        each.await("live", "document.querySelector('#state').dataset.state === 'live'");
      }
      server.record("{\"type\":\"seen\",\"subject\":\"here\"}");
      for (Tab each : new Tab[] {tab, other}) {
        each.await(
            "the activity", "document.querySelector('#feed .subject')?.textContent === 'here'");
        each.await(
            "that there are no figures",
            "document.querySelector('#statistics-problem').textContent.includes(arguments[0])",
            NONE);
        each.click("#older");
        each.await(
            "that there are no pages",
            "document.querySelector('#older-answer').textContent.includes(arguments[0])",
            NONE);
      }
    }
  }
}
