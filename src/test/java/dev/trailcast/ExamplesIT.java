package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.browser.Axe;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.ColorScheme;
import dev.trailcast.it.browser.EachBrowser;
import dev.trailcast.it.browser.Tab;
import dev.trailcast.it.browser.Wire;
import java.io.File;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.openqa.selenium.Keys;

/** The examples, as those use them who look what a trail is good for. */
@ExtendWith(ArquillianExtension.class)
class ExamplesIT {
  private static final Map<BrowserKind, Browser> BROWSERS = new EnumMap<>(BrowserKind.class);
  private static final List<String> PAGES =
      List.of("", "shop.html", "numbers.html", "notifications.html");
  private static final String LIVE = "document.getElementById('state').dataset.state === 'live'";
  private static final String MARKUP = "<img src=x onerror='window.ran=1'>";

  @ArquillianResource private Server server;

  /** Visitors of this test's own. */
  private String alice;

  private String bob;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with()
        .addPackage("dev.trailcast.examples")
        .merge(
            ShrinkWrap.create(GenericArchive.class)
                .as(ExplodedImporter.class)
                .importDirectory("src/examples/webapp")
                .as(GenericArchive.class));
  }

  @BeforeEach
  void come() {
    String test = UUID.randomUUID().toString().substring(0, 8);
    alice = "Alice-" + test;
    bob = "Bob-" + test;
  }

  @AfterAll
  static void closeBrowsers() {
    BROWSERS.values().forEach(Browser::close);
    BROWSERS.clear();
  }

  @ParameterizedTest
  @EachBrowser
  void showVisitorsTheirTrailTheNumbersAndANotificationWhenTheyBuy(BrowserKind kind)
      throws Exception {
    try (Tab shop = open(kind, "shop.html")) {
      become(shop, alice);
      try (Tab numbers = open(kind, "numbers.html");
          Tab notifications = open(kind, "notifications.html")) {
        long orders = orders();
        awaitOrders(numbers, orders);

        shop.click("[aria-label='Add to cart: Green tea']");
        shop.await("the cart", "document.getElementById('total').textContent === 'Total €11.90'");
        shop.click("#order");

        shop.await("thanks", "/Thank you/.test(document.getElementById('answer').textContent)");
        awaitTrail(shop, "own", "order.placed", "cart.added", "page.viewed");
        shop.await(
            "the same on everybody's",
            "[...document.querySelectorAll('#all li')].some(item =>"
                + " item.textContent.includes(arguments[0] + ' order.placed'))",
            alice);
        awaitOrders(numbers, orders + 1);
        numbers.await(
            "who and what",
            "/1 × Green tea€11.90$/.test(document.querySelector('#latest tr').textContent)"
                + " && document.querySelector('#latest td:nth-child(2)').textContent === arguments[0]",
            alice);
        notifications.await(
            "a toast",
            "/^The shop Your order \\d+ is on its way/.test("
                + "document.querySelector('#toasts .toast').textContent)");
        awaitUnread(notifications, 1);

        for (Tab tab : List.of(shop, numbers, notifications)) {
          assertThat(tab.console()).noneMatch(line -> line.contains("Content Security Policy"));
        }
      }
    }
  }

  @ParameterizedTest
  @EachBrowser
  void findWhatVisitorsSearchAndShowWhatTheyLookAt(BrowserKind kind) {
    try (Tab shop = open(kind, "shop.html")) {
      become(shop, alice);

      shop.click("#words");
      shop.press("light");
      shop.press(Keys.ENTER);
      shop.await(
          "what is found",
          "[...document.querySelectorAll('#products h3')].map(name => name.textContent).join()"
              + " === 'Desk lamp'");
      shop.click("#products h3 button");
      shop.await("it", "document.getElementById('product').open");
      shop.press(Keys.ESCAPE);

      awaitTrail(shop, "own", "product.viewed", "search.made", "page.viewed");
      shop.await("the words", "/“light”/.test(document.getElementById('own').textContent)");
    }
  }

  @ParameterizedTest
  @EachBrowser
  void takeOutOfTheCartWhatIsNotWanted(BrowserKind kind) {
    try (Tab shop = open(kind, "shop.html")) {
      become(shop, alice);
      for (int i = 1; i <= 2; i++) {
        shop.click("[aria-label='Add to cart: Green tea']");
        awaitItems(shop, i + " × Green tea");
      }

      shop.click("[aria-label='Take one out: Green tea']");
      awaitItems(shop, "1 × Green tea");
      shop.await("the price", "document.getElementById('total').textContent === 'Total €11.90'");
      shop.await("focus where it was", "document.activeElement.className === 'less'");
      shop.press(Keys.ENTER);

      awaitItems(shop, "");
      shop.await(
          "an empty cart",
          "document.getElementById('total').textContent === 'Your cart is empty.'"
              + " && document.getElementById('order').disabled");
      awaitTrail(
          shop, "own", "cart.removed", "cart.removed", "cart.added", "cart.added", "page.viewed");
    }
  }

  private static void awaitItems(Tab shop, String items) {
    shop.await(
        "in the cart: " + items,
        "[...document.querySelectorAll('#items li')].map(item => item.lastChild.textContent).join()"
            + " === arguments[0]",
        items);
  }

  @ParameterizedTest
  @EachBrowser
  void addUpEveryOrderOnceOverCutsAndReloads(BrowserKind kind) throws Exception {
    try (Wire wire = new Wire(server.base());
        Tab numbers = browser(kind).open(wire.uri("examples/numbers.html"))) {
      numbers.await("the stream", LIVE);
      long orders = orders();

      for (int i = 1; i <= 3; i++) {
        buy("tea");
        wire.cut();
        buy("cup");
        awaitOrders(numbers, orders + 2 * i);
      }
      String revenue = text(numbers, "revenue");
      numbers.reload();
      awaitOrders(numbers, orders + 6);
      assertThat(text(numbers, "revenue")).isEqualTo(revenue);
    }
  }

  @ParameterizedTest
  @EachBrowser
  void bringNotesAtOnceAndLaterAndKeepTheirMarkupText(BrowserKind kind) {
    try (Tab sender = open(kind, "notifications.html")) {
      become(sender, alice);
      try (Tab receiver = open(kind, "notifications.html")) {
        become(receiver, bob);

        send(sender, bob, MARKUP);

        receiver.await(
            "a toast",
            "document.querySelector('#toasts .toast p').textContent === arguments[0]",
            alice + " " + MARKUP);
        awaitUnread(receiver, 1);
        receiver.click("#read");
        awaitUnread(receiver, 0);
        assertThat(receiver.evaluate("return window.ran")).isNull();
      }
      send(sender, bob, "while he is away");
      awaitUnread(sender, 0);

      try (Tab receiver = open(kind, "notifications.html")) {
        become(receiver, bob);
        awaitUnread(receiver, 1);
        receiver.await(
            "both, the newest first",
            "[...document.querySelectorAll('#list p')].map(p => p.textContent).join('|')"
                + " === arguments[0]",
            alice + " while he is away|" + alice + " " + MARKUP);
        receiver.click("#forget");
        awaitUnread(receiver, 2); // as for somebody new in this browser
      }
    }
  }

  @ParameterizedTest
  @EachBrowser
  void takeNothingOfAnOrderForGranted(BrowserKind kind) throws Exception {
    try (Tab numbers = open(kind, "numbers.html")) {
      long orders = orders();
      for (String data : List.of("7", "{\"items\":7}", "{\"items\":[null],\"total\":\"much\"}")) {
        server.record(
            """
            {"source":"/examples/shop","type":"order.placed","actor":"%s","data":%s}
            """
                .formatted(MARKUP, data));
      }
      awaitOrders(numbers, orders + 3);
      numbers.await(
          "who",
          "document.querySelector('#latest td:nth-child(2)').textContent === arguments[0]",
          MARKUP);
      assertThat(text(numbers, "revenue")).doesNotContain("NaN");
      assertThat(numbers.evaluate("return window.ran")).isNull();
      assertThat(text(numbers, "hour-most")).matches("€[124]0+");
    }
  }

  @ParameterizedTest
  @EnumSource
  void canBeUsedByEverybody(ColorScheme scheme) throws Exception {
    buy("tea");
    try (Browser browser = BrowserKind.CHROMIUM.start(scheme)) {
      for (String page : PAGES) {
        try (Tab tab = browser.open(page(page))) {
          if (!page.isEmpty()) {
            tab.await("the stream", LIVE);
          }
          Axe axe = new Axe(tab);
          for (int[] size : new int[][] {{1280, 900}, {390, 844}}) {
            tab.resize(size[0], size[1]);
            assertUsable(tab, axe, scheme + " '" + page + "', " + size[0] + " wide");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void leadNowhereThatIsNothing(String page) {
    try (Tab tab = browser(BrowserKind.CHROMIUM).open(page(page))) {
      assertThat(
              tab.evaluate(
                  """
                  const links = [...document.links].map(link => link.href);
                  const answers = await Promise.all(links.map(link => fetch(link)));
                  return links.length > 3 && answers.filter(answer => !answer.ok).length;
                  """))
          .isEqualTo(0L);
    }
  }

  @Test
  void letNothingWorkThatIsNotInAFileOfTheirs() {
    // a browser of its own: the console is that of all its tabs, and must stay quiet elsewhere
    try (Browser browser = BrowserKind.CHROMIUM.start()) {
      for (String page : PAGES) {
        try (Tab tab = browser.open(page(page))) {
          assertThat(
                  tab.evaluate(
                      """
                      const refused = new Promise(resolve => document.addEventListener(
                          'securitypolicyviolation', event => resolve(event.effectiveDirective)));
                      const style = document.createElement('style');
                      style.textContent = 'body { display: none }';
                      document.body.append(style);
                      return refused;
                      """))
              .as(page)
              .isEqualTo("style-src-elem");
          assertThat(
                  tab.evaluate(
                      """
                      try {
                        document.createElement('script').textContent = 'window.ran = 1';
                      } catch (refused) {
                        return refused.name;
                      }
                      """))
              .as(page)
              .isEqualTo("TypeError");
        }
      }
    }
  }

  @Test
  void leaveNothingOnTheTrailOfAnOrderThatIsRolledBack() throws Exception {
    try (Reader reader = new Reader(server, "api/events?actor=" + alice)) {
      for (int i = 0; i < 4; i++) {
        ask("cart/lamp");
      }
      HttpResponse<String> refused = ask("orders");
      assertThat(refused.statusCode()).isEqualTo(402);
      assertThat(refused.body()).contains("no more than 300");
      buy("tea", 402); // the cart is as it was

      reader.await("all", client -> client.activities().size() == 5);
      assertThat(reader.activities()).allMatch(json -> json.contains("\"type\":\"cart.added\""));
    }
  }

  @Test
  void areNotInWhatIsDelivered() throws Exception {
    File war = new File(System.getProperty("trailcast.war"));
    File jar = new File(war.getParentFile(), "trailcast.jar");
    for (File archive : List.of(war, jar)) {
      try (ZipFile zip = new ZipFile(archive)) {
        assertThat(zip.stream().map(ZipEntry::getName))
            .anyMatch(name -> name.contains("trailcast.js"))
            .noneMatch(name -> name.contains("examples"));
      }
    }
  }

  private static void assertUsable(Tab tab, Axe axe, String what) {
    assertThat(axe.violations()).as(what).isEmpty();
    assertThat(
            tab.evaluate(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as("what lies beyond the edge: " + what)
        .isEqualTo(0L);
  }

  private URI page(String page) {
    return server.base().resolve("examples/" + page);
  }

  private Tab open(BrowserKind kind, String page) {
    Tab tab = browser(kind).open(page(page));
    tab.await("the stream", LIVE);
    return tab;
  }

  private static Browser browser(BrowserKind kind) {
    return BROWSERS.computeIfAbsent(kind, BrowserKind::start);
  }

  private static void become(Tab tab, String name) {
    tab.evaluate("document.getElementById('name').select()");
    tab.click("#name");
    tab.evaluate("document.getElementById('name').select()");
    tab.press(name);
    tab.press(Keys.ENTER);
    tab.await("the name", "sessionStorage.getItem('visitor') === arguments[0]", name);
    tab.await("the stream", LIVE);
  }

  private static void send(Tab tab, String to, String text) {
    tab.evaluate("document.getElementById('to').value = arguments[0]", to);
    tab.click("#text");
    tab.press(text);
    tab.press(Keys.ENTER);
    tab.await(
        "it sent",
        "document.getElementById('answer').textContent === `Sent to ${arguments[0]}.`",
        to);
    tab.await("an empty field", "document.getElementById('text').value === ''");
  }

  private static void awaitTrail(Tab tab, String list, String... types) {
    tab.await(
        "the trail",
        "[...document.querySelectorAll(`#${arguments[0]} code`)].map(type => type.textContent).join()"
            + " === arguments[1]",
        list,
        String.join(",", types));
  }

  private static void awaitUnread(Tab tab, int count) {
    tab.await(
        "so many unread",
        "document.getElementById('unread').textContent === `${arguments[0]}`"
            + " && document.getElementById('unread').hidden === (arguments[0] === 0)",
        count);
  }

  /** How many the server has. */
  private long orders() throws Exception {
    String query =
        "api/activities?source=/examples/shop&type=order.placed&after=earliest&limit=1000";
    return Server.json(server.get(query)).getJsonArray("activities").size();
  }

  private static void awaitOrders(Tab tab, long count) {
    tab.await(
        "so many orders",
        "document.getElementById('orders').textContent === `${arguments[0]}`",
        count);
  }

  private static String text(Tab tab, String id) {
    return (String) tab.evaluate("return document.getElementById(arguments[0]).textContent", id);
  }

  /** Without a page. */
  private void buy(String product) throws Exception {
    buy(product, 201);
  }

  private void buy(String product, int status) throws Exception {
    assertThat(ask("cart/" + product).statusCode()).isEqualTo(200);
    assertThat(ask("orders").statusCode()).isEqualTo(status);
  }

  private HttpResponse<String> ask(String path) throws Exception {
    return server.post("examples/shop-api/" + alice + "/" + path, "text/plain", "");
  }
}
