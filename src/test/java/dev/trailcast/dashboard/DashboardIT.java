package dev.trailcast.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.browser.Axe;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.ColorScheme;
import dev.trailcast.it.browser.EachBrowser;
import dev.trailcast.it.browser.Tab;
import dev.trailcast.it.browser.Wire;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** The dashboard as its users see it. */
@ExtendWith(ArquillianExtension.class)
class DashboardIT {
  private static final Map<BrowserKind, Browser> BROWSERS = new EnumMap<>(BrowserKind.class);

  private static final String ROWS =
      "[...document.querySelectorAll('#feed .subject')].map(cell => cell.textContent)";

  private static final String LIVE = "document.getElementById('state').dataset.state === 'live'";

  @ArquillianResource private Server server;

  /** A source of this test's own, so that it sees nothing else. */
  private String source;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with();
  }

  @BeforeEach
  void findServer() {
    source = "/" + UUID.randomUUID();
  }

  @AfterAll
  static void closeBrowsers() {
    BROWSERS.values().forEach(Browser::close);
    BROWSERS.clear();
  }

  @Test
  void isAtAnAddressOfItsOwnAndWhereNothingElseIsAtTheRoot() throws Exception {
    String page = server.get("trailcast.html").body();

    assertThat(page).contains("<title>Trailcast</title>");
    assertThat(server.get("?type=page.*").body()).isEqualTo(page);
    for (String part :
        List.of("trailcast.js", "trailcast/icon.svg", "trailcast/dashboard/main.js")) {
      assertThat(server.get(part).statusCode()).as(part).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EachBrowser
  void showsWhatIsRecordedAsItHappens(BrowserKind kind) throws Exception {
    record("1");
    try (Tab tab = open(kind, "")) {
      awaitRows(tab, "1");

      record("2");
      record("3");

      awaitRows(tab, "3", "2", "1");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void showsHowMuchHappensAndWhoIsBusiest(BrowserKind kind) throws Exception {
    record("1");
    record("1");
    record("2");
    try (Tab tab = open(kind, "")) {
      tab.await("readers", "Number(document.getElementById('readers').textContent) > 0");
      tab.await(
          "the busiest subject",
          "document.querySelector('#busiest-subjects .bar-row').innerText.replace(/\\s+/g, ' ').trim() === '1 2'");
      tab.await("the chart", "document.querySelector('#chart canvas').width > 100");

      assertThat(
              tab.evaluate(
                  """
                  const bars = [...document.querySelectorAll('.bar')];
                  return new Set(bars.map(bar => getComputedStyle(bar).backgroundImage)).size;
                  """))
          .as("colours, which would suggest that they mean something")
          .isEqualTo(1L);

      tab.click("#chart-table summary");

      tab.await(
          "the same as a table",
          "[...document.querySelectorAll('#chart-table td:nth-child(2)')]"
              + ".reduce((sum, cell) => sum + Number(cell.textContent), 0) === 3");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void keepsFiltersInTheAddressAndGoesBack(BrowserKind kind) throws Exception {
    server.record(activity("page.viewed", "viewed"));
    server.record(activity("page.left", "left"));
    server.record(activity("order.placed", "placed"));
    try (Tab tab = open(kind, "")) {
      awaitRows(tab, "placed", "left", "viewed");

      tab.click("#filter-value");
      tab.press("page.*");
      tab.press(Keys.ENTER);
      awaitRows(tab, "left", "viewed");
      tab.await(
          "the filter in the address",
          "new URLSearchParams(location.search).get('type') === 'page.*'");

      tab.click("#filter-value");
      tab.press("order.*");
      tab.press(Keys.ENTER);
      awaitRows(tab, "placed", "left", "viewed");
      tab.reload();
      awaitRows(tab, "placed", "left", "viewed");
      assertThat(tab.evaluate("return document.querySelectorAll('#chips .chip').length"))
          .isEqualTo(3L);

      tab.back();
      awaitRows(tab, "left", "viewed");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void letsMarkupBeText(BrowserKind kind) throws Exception {
    String markup = "<img src=x onerror='window.ran=1'><script>window.ran=1</script>";
    server.record(
        """
        {"source":"%s","type":"page.viewed","actor":"%s","subject":"%s","data":{"%s":"%s"}}
        """
            .formatted(source, markup, markup, markup, markup));
    try (Tab tab = open(kind, "")) {
      awaitRows(tab, markup);
      tab.await(
          "the busiest actor",
          "document.querySelector('#busiest-actors .name').textContent === arguments[0]",
          markup);
      tab.click("#feed .row");
      tab.await("the detail", "document.getElementById('detail').open");

      assertThat(tab.evaluate("return document.getElementById('detail-data').textContent"))
          .asString()
          .contains("\"" + markup + "\": \"" + markup + "\"");
      assertThat(
              tab.evaluate(
                  "return [window.ran, document.querySelectorAll('main img, dialog img,"
                      + " body script').length]"))
          .asString()
          .isEqualTo("[null, 0]");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void losesNothingWhilePaused(BrowserKind kind) throws Exception {
    record("1");
    try (Tab tab = open(kind, "")) {
      awaitRows(tab, "1");
      tab.click("#pause");
      tab.await("its state", "document.getElementById('state').textContent === 'Paused'");
      for (String subject : List.of("2", "3", "4")) {
        record(subject);
      }
      tab.await(
          "word of them", "document.getElementById('waiting').textContent === 'Paused: 3 new'");
      awaitRows(tab, "1");

      tab.click("#pause");

      awaitRows(tab, "4", "3", "2", "1");
      tab.await("no more word", "document.getElementById('held').hidden");
      tab.await("its state", LIVE);
    }
  }

  @ParameterizedTest
  @EachBrowser
  void showsAllOfAnActivityByKeyboardAlone(BrowserKind kind) throws Exception {
    server.record(
        """
        {"id":"i1","source":"%s","type":"page.viewed","actor":"alice","subject":"1","data":{"a":[1]}}
        """
            .formatted(source));
    record("2");
    try (Tab tab = open(kind, "")) {
      awaitRows(tab, "2", "1");
      tab.evaluate("document.getElementById('older').focus()");
      tab.press(Keys.SHIFT, Keys.TAB);
      awaitFocus(tab, "2");
      tab.press(Keys.ARROW_DOWN);
      awaitFocus(tab, "1");

      tab.press(Keys.ENTER);
      tab.await("the detail", "document.getElementById('detail').matches(':modal')");
      assertThat(tab.evaluate("return document.getElementById('detail').innerText"))
          .asString()
          .contains("i1", "alice", "page.viewed", source, "position", "\"a\": [");

      record("3"); // the row must not move away meanwhile
      tab.press(Keys.ESCAPE);
      tab.await("its end", "!document.getElementById('detail').open");
      awaitFocus(tab, "1");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void filtersByWhatAnActivityHas(BrowserKind kind) throws Exception {
    record("1");
    record("2");
    try (Tab tab = open(kind, "")) {
      awaitRows(tab, "2", "1");
      tab.click("#feed li:last-child .row");
      tab.await("the detail", "document.getElementById('detail').open");

      tab.evaluate(
          "[...document.querySelectorAll('#detail button')]"
              + ".find(button => button.textContent === 'Only this subject').id = 'only'");
      tab.click("#only");

      awaitRows(tab, "1");
      tab.await("it in the address", "new URLSearchParams(location.search).get('subject') === '1'");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void recordsAndSaysAtTheFieldWhatIsWrong(BrowserKind kind) throws Exception {
    try (Tab tab =
        browser(kind)
            .open(server.base().resolve("trailcast.html?type=made.here&subject=" + source))) {
      tab.await("the stream", LIVE);
      tab.click("#record-open");
      awaitFocusOn(tab, "record-actor");
      replace(tab, "record-type", "not allowed");
      tab.press(Keys.ENTER);
      tab.await(
          "the server's detail at the field",
          "document.getElementById('record-type-wrong').textContent.startsWith('type must be')");
      awaitFocusOn(tab, "record-type");

      replace(tab, "record-type", "made.here");
      replace(tab, "record-data", "{\"total\": }");
      tab.click("#record-send");
      tab.await(
          "what is wrong with the data",
          "document.getElementById('record-data-wrong').textContent.includes('JSON')");
      assertThat(
              tab.evaluate(
                  "return document.getElementById('record-data').getAttribute('aria-invalid')"))
          .isEqualTo("true");

      replace(tab, "record-subject", source);
      replace(tab, "record-data", "{\"total\": 12345678901234567890.10}");
      tab.click("#record-send");
      tab.await(
          "how long it took",
          "/^Recorded, and on this screen .* after it was sent.$/"
              + ".test(document.getElementById('record-answer').textContent)");
      awaitRows(tab, source);
      assertThat(tab.evaluate("return document.querySelectorAll('.row.own').length")).isEqualTo(1L);
      tab.click("#record-show");
      tab.await("the detail", "document.getElementById('detail').matches(':modal')");
      assertThat(tab.evaluate("return document.getElementById('detail').innerText"))
          .asString()
          .contains("made.here", source);
      tab.press(Keys.ESCAPE);
      awaitFocusOn(tab, "record-show");
      assertThat(server.get("api/activities?subject=" + source).body())
          .contains("\"data\":{\"total\":12345678901234567890.10}");
      tab.press(Keys.ESCAPE);
      awaitFocusOn(tab, "record-open");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void saysThatNothingMatchesAndOffersToClearTheFilters(BrowserKind kind) throws Exception {
    record("1");
    try (Tab tab = open(kind, "&type=nothing.*")) {
      tab.await(
          "word of it",
          "document.getElementById('empty').innerText.startsWith('Nothing matches these filters.')");
      assertThat(
              tab.evaluate(
                  "return ['older-part', 'columns', 'empty-trail'].every("
                      + "id => document.getElementById(id).offsetParent === null)"))
          .as("no use for headings, nor for a way back")
          .isEqualTo(true);

      tab.click("#empty-clear");

      tab.await("everything", ROWS + ".includes('1') && location.search === ''");
      assertThat(tab.evaluate("return document.getElementById('empty').hidden")).isEqualTo(true);
      assertThat(tab.evaluate("return document.getElementById('columns').innerText"))
          .asString()
          .contains("Actor", "Subject");
    }
  }

  @Test
  void saysWhatTheAddressAsksForInVain() throws Exception {
    record("1");
    try (Tab tab = open(BrowserKind.CHROMIUM, "&since=garbage&typ=page.*")) {
      awaitRows(tab, "1");
      assertThat(tab.evaluate("return document.getElementById('asked-wrong').textContent"))
          .asString()
          .contains("“garbage” is no time", "no “typ”");

      tab.click("#replay button");

      tab.await("an address without", "!location.search.includes('garbage')");
      assertThat(tab.evaluate("return document.getElementById('asked-wrong').textContent"))
          .isEqualTo("");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void letsNobodyPassForSomebodyElse(BrowserKind kind) throws Exception {
    String reversed = "\u202eecila"; // looks like alice
    server.record(
        """
        {"source":"%s","type":"page.viewed","actor":"%s","subject":"bo\u200bb","data":"\u202e"}
        """
            .formatted(source, reversed));
    try (Tab tab = open(kind, "")) {
      awaitRows(tab, "bo[U+200B]b");
      assertThat(tab.evaluate("return document.querySelector('#feed .row').textContent"))
          .asString()
          .contains("[U+202E]ecila", "\"\\u202e\"")
          .doesNotContain("\u202e");
      tab.await("who is busiest", "document.querySelector('#busiest-actors .bar-row') !== null");

      tab.click("#busiest-actors .bar-row");

      tab.await(
          "it in the address",
          "new URLSearchParams(location.search).get('actor') === arguments[0]",
          reversed);
      awaitRows(tab, "bo[U+200B]b");
      assertThat(tab.evaluate("return document.body.innerText"))
          .asString()
          .doesNotContain("\u202e", "\u200b");
    }
  }

  @Test
  void leavesNothingOutThatWasRecordedHereAndComparesLikeWithLike() {
    try (Tab tab = open(BrowserKind.CHROMIUM, "")) {
      assertThat(
              tab.evaluate(
                  """
                  const { Sampler } = await import(new URL('trailcast/dashboard/sampler.js', location));
                  const sampler = new Sampler(500, 20, 200);
                  for (let i = 0; i < 2000; i++) {
                    sampler.offer({ i, own: i === 3 });
                  }
                  const shown = sampler.take(0);
                  return [shown[0].i, shown.length, sampler.leftOut];
                  """))
          .isEqualTo(List.of(3L, 200L, 1800L));
      assertThat(
              tab.evaluate(
                  """
                  const { Rate } = await import(new URL('trailcast/client/rate.js', location));
                  let now = 10_500;
                  performance.now = () => now;
                  const rate = new Rate(5);
                  const rates = [];
                  for (; now < 18_000; now += 100) {
                    rate.add(1);
                    if (now % 1000 === 0) rates.push([rate.seconds, rate.perSecond]);
                  }
                  delete performance.now;
                  return rates.slice(1).map(String);
                  """))
          .as("over how many seconds, and how many a second: from the beginning as many as came")
          .isEqualTo(List.of("1,10", "2,10", "3,10", "4,10", "5,10", "5,10"));
    }
  }

  @Test
  void saysHowWellItIsConnected() throws Exception {
    try (Wire wire = new Wire(server.base());
        Tab tab = browser(BrowserKind.CHROMIUM).open(wire.uri("trailcast.html?source=" + source))) {
      tab.await("a latency", said("connection-latency", "[0-9.]+ m?s"));
      tab.await("no cut", said("reconnection-time", "no cut yet"));
      record("1");
      tab.await("a rate", said("delivery-rate", "0[.][1-9]/s|1/s"));
      tab.await("bytes", said("bandwidth", "[1-9][0-9.]* k?B/s"));
      tab.await("no error", said("error-rate", "0 in a minute, 0 in all"));

      wire.cut();

      tab.await("how long that took", said("reconnection-time", "[0-9.]+ m?s, 1 in all"));
      tab.await("an error", said("error-rate", "1 in a minute, [1-9] in all"));
    }
  }

  private static String said(String id, String pattern) {
    return "new RegExp('^("
        + pattern
        + ")$').test(document.getElementById('"
        + id
        + "').textContent)";
  }

  @Test
  void saysOverWhatTimeTheLatenciesAre() throws Exception {
    try (Tab tab = open(BrowserKind.CHROMIUM, "")) {
      tab.await(
          "the clock", "document.getElementById('clock').textContent.startsWith('which is known')");
      record("1");
      tab.await(
          "latencies",
          "/^p99 [0-9.]+ m?s, over [0-9]+ s$/"
              + ".test(document.getElementById('latency-more').textContent)");
    }
  }

  @Test
  void hasTheActivitiesNearTheTopOfAPhoneAndCoversNothing() throws Exception {
    record("1");
    server.record(
        activity("a.type.that.is.rather.long", "a subject that is longer than the one before"));
    try (Tab tab = open(BrowserKind.CHROMIUM, "")) {
      tab.resize(390, 844);
      tab.await("both", ROWS + ".length === 2");
      tab.await(
          "the activities in the upper two thirds",
          "document.getElementById('feed-title').getBoundingClientRect().top < 844 * 2 / 3");
      assertThat(
              tab.evaluate(
                  """
                  const lefts = [...document.querySelectorAll('#feed time')]
                      .map(time => time.getBoundingClientRect().left);
                  return new Set(lefts).size;
                  """))
          .as("left edges of the times")
          .isEqualTo(1L);

      recordNumbered(20); // so that there is something to scroll
      tab.await("them", ROWS + ".length === 22");
      tab.evaluate("document.querySelector('.skip').click()");

      tab.await(
          "the heading below the header",
          "Math.abs(document.getElementById('feed-title').getBoundingClientRect().top - 120) < 40"
              + " && document.getElementById('feed-title').getBoundingClientRect().top"
              + " >= document.querySelector('header').getBoundingClientRect().bottom");

      tab.click(".chart-card > summary");
      tab.await("the chart", "document.querySelector('#chart canvas').offsetWidth > 200");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void replaysSinceATime(BrowserKind kind) throws Exception {
    recordNumbered(60);
    try (Tab tab = open(kind, "")) {
      tab.await("the last 50", ROWS + ".length === 50");

      tab.evaluate("document.getElementById('since').value = '5m'");
      tab.click("#replay button");

      tab.await("all of five minutes", ROWS + ".length === 60");
      tab.await("it in the address", "new URLSearchParams(location.search).get('since') === '5m'");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void goesBackToWhereTheTrailBegins(BrowserKind kind) throws Exception {
    recordNumbered(160);
    try (Tab tab = open(kind, "")) {
      tab.await("the last 50", ROWS + ".length === 50");

      tab.click("#older");
      tab.await("a page more", ROWS + ".length === 150");
      tab.click("#older");

      awaitRows(
          tab, IntStream.rangeClosed(1, 160).mapToObj(i -> "" + (161 - i)).toArray(String[]::new));
      tab.await(
          "word that this is all",
          "document.getElementById('older-answer').textContent === 'Nothing older is kept.'"
              + " && document.getElementById('older').hidden");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void saysThatTheConnectionIsCutAndMissesNothing(BrowserKind kind) throws Exception {
    record("1");
    try (Wire wire = new Wire(server.base());
        Tab tab = browser(kind).open(wire.uri("trailcast.html?source=" + source))) {
      tab.await("the stream", LIVE);
      awaitRows(tab, "1");

      wire.refuse();
      wire.cut();
      tab.await(
          "word of it",
          "/^(Connecting|Offline)/.test(document.getElementById('state').textContent)");
      record("2");
      record("3");
      wire.accept();

      awaitRows(tab, "3", "2", "1");
      tab.await("word of it", "document.getElementById('state').textContent.startsWith('Live')");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void staysBoundedWhateverComes(BrowserKind kind) throws Exception {
    try (Tab tab = open(kind, "")) {
      recordNumbered(3000);

      tab.await(
          "what came too fast, said",
          "/(came too fast to be shown|^Showing )/"
              + ".test(document.getElementById('shown').textContent)");
      tab.await("the newest", ROWS + "[0] === '3000'");
      assertThat(((Number) tab.evaluate("return " + ROWS + ".length")).intValue())
          .isLessThanOrEqualTo(500);
    }
  }

  @ParameterizedTest
  @EachBrowser
  void worksWithAllCookiesBlocked(BrowserKind kind) throws Exception {
    Assumptions.assumeTrue(kind != BrowserKind.WEBKIT, "its small browser has no such setting");
    try (Browser browser = kind.startWithoutCookies();
        Tab tab = browser.open(page(""))) {
      tab.await("the stream", LIVE);
      record("1");
      awaitRows(tab, "1");

      tab.evaluate("await (await import(new URL('trailcast.js', location))).forget()");

      tab.await("its end", "document.getElementById('state').dataset.state === 'closed'");
    }
  }

  @Test
  void allowsNeitherInlineScriptNorInlineStyle() throws Exception {
    record("1");
    try (Tab tab = open(BrowserKind.CHROMIUM, "")) {
      awaitRows(tab, "1");
      tab.click("#feed .row");
      tab.press(Keys.ESCAPE);
      tab.await("the chart", "document.querySelector('#chart canvas') !== null");
      assertThat(tab.console()).noneMatch(line -> line.contains("Content Security Policy"));

      Object refused =
          tab.evaluate(
              """
              const refused = new Promise(resolve =>
                  document.addEventListener('securitypolicyviolation',
                      event => resolve(event.effectiveDirective), { once: true }));
              const style = document.createElement('style');
              style.textContent = 'body { display: none }';
              document.body.append(style);
              return refused;
              """);
      assertThat(refused).isEqualTo("style-src-elem");
      assertThat(
              tab.evaluate(
                  """
                  const script = document.createElement('script');
                  try {
                    script.textContent = 'window.ran = 1';
                  } catch (e) {
                    return e.name;
                  }
                  """))
          .as("what a script of text is")
          .isEqualTo("TypeError");
    }
  }

  @ParameterizedTest
  @EnumSource
  void canBeUsedByEverybody(ColorScheme scheme) throws Exception {
    record("1");
    record("2");
    try (Browser browser = BrowserKind.CHROMIUM.start(scheme);
        Tab tab = browser.open(page(""))) {
      awaitRows(tab, "2", "1");
      Axe axe = new Axe(tab);
      for (int[] size : new int[][] {{1440, 900}, {390, 844}}) {
        tab.resize(size[0], size[1]);
        assertUsable(axe, scheme + " page, " + size[0] + " wide");

        tab.click("#record-open");
        replace(tab, "record-type", "not allowed");
        tab.press(Keys.ENTER);
        tab.await(
            "the server's detail", "document.getElementById('record-type-wrong').textContent > ''");
        assertUsable(axe, scheme + " form, " + size[0] + " wide");
        tab.press(Keys.ESCAPE);

        tab.click("#feed .row");
        tab.await("the detail", "document.getElementById('detail').open");
        assertUsable(axe, scheme + " detail, " + size[0] + " wide");
        tab.press(Keys.ESCAPE);
      }
    }
  }

  private static void assertUsable(Axe axe, String what) {
    assertThat(axe.violations()).as(what).isEmpty();
  }

  /** The dashboard of this test's own source, and more in its query. */
  private Tab open(BrowserKind kind, String more) {
    Tab tab = browser(kind).open(page(more));
    tab.await("the stream", LIVE);
    return tab;
  }

  private URI page(String more) {
    return server.base().resolve("trailcast.html?source=" + source + more);
  }

  private static Browser browser(BrowserKind kind) {
    return BROWSERS.computeIfAbsent(kind, BrowserKind::start);
  }

  private void record(String subject) throws Exception {
    server.record(activity("page.viewed", subject));
  }

  private void recordNumbered(int count) throws Exception {
    server.recordAll(
        IntStream.rangeClosed(1, count).mapToObj(i -> activity("page.viewed", "" + i)).toList());
  }

  private String activity(String type, String subject) {
    return "{\"source\":\"%s\",\"type\":\"%s\",\"actor\":\"alice\",\"subject\":\"%s\"}"
        .formatted(source, type, subject);
  }

  /** Waits until exactly these subjects are shown, from top to bottom. */
  private static void awaitRows(Tab tab, String... subjects) {
    tab.await(
        "rows " + List.of(subjects),
        "JSON.stringify(" + ROWS + ") === JSON.stringify(arguments[0])",
        List.of(subjects));
  }

  private static void awaitFocus(Tab tab, String subject) {
    tab.await(
        "focus on row " + subject,
        "document.activeElement.querySelector('.subject').textContent === arguments[0]",
        subject);
  }

  private static void awaitFocusOn(Tab tab, String id) {
    tab.await("focus on " + id, "document.activeElement.id === arguments[0]", id);
  }

  /** Types this in place of what stands in the field. */
  private static void replace(Tab tab, String id, String text) {
    tab.click("#" + id);
    tab.evaluate("document.getElementById(arguments[0]).select()", id);
    tab.press(text);
  }
}
