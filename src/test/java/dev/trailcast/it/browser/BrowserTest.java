package dev.trailcast.it.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** What tests do with a browser, in each, on a page of this test. */
@ParameterizedClass
@EnumSource
class BrowserTest {
  private static final String PAGE =
      """
      <!doctype html>
      <meta name="viewport" content="width=device-width">
      <meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'nonce-1'">
      <title>A page</title>
      <p>What it says</p>
      <input id="first"> <input id="second">
      <div style="height: 3000px"></div>
      <button>Press</button>
      <script nonce="1">
        window.pressed = [];
        document.querySelector('button').onclick = event => pressed.push(event.isTrusted);
      </script>
      """;

  private static Browser browser;

  private final BrowserKind kind;
  private HttpServer server;
  private URI page;
  private Tab tab;

  BrowserTest(BrowserKind kind) {
    this.kind = kind;
  }

  @BeforeParameterizedClassInvocation
  static void start(BrowserKind kind) {
    browser = kind.start();
  }

  @AfterParameterizedClassInvocation
  static void close() {
    if (browser != null) { // it may not be installed
      Set<ProcessHandle> all = processes();
      browser.close();
      browser = null;
      assertThat(all).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }
  }

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", BrowserTest::serve);
    server.start();
    page = URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
    tab = browser.open(page);
  }

  @AfterEach
  void leave() {
    server.stop(0);
    tab.close();
  }

  @Test
  void runsAsyncFunctionsInThePageAndReturnsJson() {
    assertThat(tab.evaluate("window.untold = 1")).isNull();
    assertThat(tab.evaluate("return document.title")).isEqualTo("A page");
    assertThat(
            tab.evaluate(
                """
                await new Promise(resolve => setTimeout(resolve, 10));
                return { text: arguments[0], list: arguments[1], truth: true, half: 0.5 };
                """,
                "Grüße 🦊 \"'\\\n",
                List.of(1, 2)))
        .isEqualTo(
            Map.of(
                "text", "Grüße 🦊 \"'\\\n", "list", List.of(1L, 2L), "truth", true, "half", 0.5));
  }

  @Test
  void tellsWhatAFunctionThrows() {
    assertThatThrownBy(() -> tab.evaluate("await null; throw new RangeError('too far')"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("RangeError: too far");
  }

  @Test
  void waitsForWhatBecomesTrueOverAReload() {
    tab.evaluate("setTimeout(() => { sessionStorage.done = 1; location.reload() }, 50)");

    tab.await(
        "what is done",
        "sessionStorage.done === '1' && performance.getEntriesByType('navigation')[0].type ==="
            + " 'reload'");
  }

  @Test
  void saysWhatWasThereInsteadOfWhatItWaitedFor() {
    tab.evaluate("console.error('trouble')");

    assertThatThrownBy(() -> tab.await(Duration.ZERO, "bread", "document.bread.length > 0"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("waited for bread, but document.bread.length > 0 is TypeError")
        .hasMessageContaining(page + " 'A page'\nWhat it says")
        .hasMessageContaining(kind == BrowserKind.WEBKIT ? "" : "trouble"); // its driver has none
  }

  @Test
  void clicksAndPressesKeysAsAUserDoes() {
    tab.click("#first");
    tab.press("text" + Keys.TAB + "more");
    tab.press(Keys.SHIFT, Keys.TAB);
    tab.press("!");
    tab.click("button"); // which has to be scrolled to
    tab.press(" ");
    tab.press(Keys.ENTER);

    tab.await("all that was pressed", "`${pressed}` === 'true,true,true'");
    assertThat(tab.evaluate("return [first.value, second.value]")).isEqualTo(List.of("!", "more"));
  }

  @Test
  void makesThePageAsLargeAsItIsTold() {
    int narrow = kind == BrowserKind.WEBKIT ? 460 : 320;
    for (List<Integer> size : List.of(List.of(narrow, 600), List.of(1280, 800))) {
      tab.resize(size.get(0), size.get(1));

      tab.await(
          size.toString(),
          "innerWidth === arguments[0] && innerHeight === arguments[1]",
          size.toArray());
    }
  }

  @Test
  void goesWhereAUserGoes() {
    URI next = page.resolve("next");
    tab.navigate(next);
    tab.evaluate("window.mark = 1");
    assertThat(tab.evaluate("return location.href")).isEqualTo(next.toString());

    tab.reload();
    assertThat(tab.evaluate("return window.mark")).isNull();

    tab.back();
    tab.await("the page before", "location.href === arguments[0]", page.toString());
  }

  @Test
  void hasTabsThatShareWhatAProfileHas() {
    tab.evaluate(
        """
        window.heard = [];
        new BroadcastChannel('news').onmessage = event => heard.push(event.data);
        localStorage.word = 'shared';
        navigator.locks.request('one', () => new Promise(() => {}));
        """);
    try (Tab other = browser.open(page)) {
      assertThat(other.evaluate("return localStorage.word")).isEqualTo("shared");
      assertThat(
              other.evaluate(
                  "return navigator.locks.request('one', { ifAvailable: true }, l => !l)"))
          .isEqualTo(true);
      other.evaluate("new BroadcastChannel('news').postMessage('told')");
      tab.await("the news", "`${heard}` === 'told'");
    }
  }

  @Test
  void takesAScreenshot(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("page.png");
    tab.resize(800, 600);

    tab.screenshot(file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(List.of(image.getWidth(), image.getHeight())).isEqualTo(List.of(800, 600));
  }

  @Test
  void prefersLightPagesUnlessItIsTold() {
    String dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    assertThat(tab.evaluate(dark)).isEqualTo(false);
    try (Browser another = kind.start(ColorScheme.DARK)) {
      assertThat(another.open(page).evaluate(dark)).isEqualTo(true);
    }
  }

  /** Those of browsers. A broker that all tests share goes on. */
  private static Set<ProcessHandle> processes() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> !isJava(process))
        .collect(Collectors.toSet());
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }

  private static void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = PAGE.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/html;charset=UTF-8");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
