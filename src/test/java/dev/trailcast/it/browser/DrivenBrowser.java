package dev.trailcast.it.browser;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openqa.selenium.Capabilities;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ImmutableCapabilities;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteExecuteMethod;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpClient;
import org.openqa.selenium.remote.http.HttpMethod;

/** A browser that has a WebDriver: Chromium, and WebKit's own small browser. */
final class DrivenBrowser implements Browser {
  private static final Pattern CHROMEDRIVER_IS_UP =
      Pattern.compile("started successfully on port (\\d+)");
  private static final Pattern DISPLAY_IS_UP = Pattern.compile("(\\d+)\n");

  private static final String DEVTOOLS = "devtools";
  private static final String DEVTOOLS_PATH = "/session/:sessionId/goog/cdp/execute";

  private final Sandbox sandbox;
  private final boolean isChromium;

  /** A WebDriver has one tab at a time in its hand; guarded by itself. */
  private final RemoteWebDriver driver;

  /** The tab it begins with stays: a driver whose last tab is closed ends its browser. */
  private final String first;

  private DrivenBrowser(Sandbox sandbox, int port, boolean isChromium, Map<String, ?> wanted) {
    this.sandbox = sandbox;
    this.isChromium = isChromium;
    Capabilities capabilities =
        new ImmutableCapabilities(wanted)
            .merge(
                new ImmutableCapabilities(
                    "timeouts",
                    Map.of(
                        "script", Tab.PATIENCE.toMillis(), "pageLoad", Tab.PATIENCE.toMillis())));
    ClientConfig client =
        ClientConfig.defaultConfig()
            .baseUri(URI.create("http://127.0.0.1:" + port))
            .readTimeout(Tab.PATIENCE.multipliedBy(2));
    driver =
        new RemoteWebDriver(
            new HttpCommandExecutor(
                HttpClient.Factory.createDefault().createClient(client),
                Map.of(DEVTOOLS, new CommandInfo(DEVTOOLS_PATH, HttpMethod.POST)),
                client.baseUrl()),
            capabilities);
    first = driver.getWindowHandle();
  }

  static Browser chromium(
      Sandbox sandbox, Path binary, Path driver, ColorScheme scheme, boolean hasCookies)
      throws IOException {
    String port = // one of IPv6; the driver ends where the same is taken in IPv4
        Sandbox.persistently(
            () ->
                sandbox
                    .start(Map.of(), List.of(driver.toString(), "--port=0"))
                    .await(CHROMEDRIVER_IS_UP));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--headless=new",
                "--no-sandbox", // root has none
                "--disable-dev-shm-usage", // a container's is small
                "--user-data-dir=" + sandbox.directory().resolve("profile")));
    if (scheme == ColorScheme.DARK) {
      arguments.add("--force-dark-mode");
    }
    return new DrivenBrowser(
        sandbox,
        Integer.parseInt(port),
        true,
        Map.of(
            "browserName",
            "chrome",
            "goog:loggingPrefs",
            Map.of(LogType.BROWSER, "ALL"),
            "goog:chromeOptions",
            Map.of(
                "binary",
                binary.toString(),
                "browserStartupTimeout", // milliseconds
                Tab.PATIENCE.toMillis(),
                "args",
                arguments,
                "prefs",
                Map.of("profile.default_content_setting_values.cookies", hasCookies ? 1 : 2))));
  }

  static Browser webkit(Sandbox sandbox, Path binary, Path driver, Path display, ColorScheme scheme)
      throws IOException {
    String number =
        sandbox
            .start(
                Map.of(),
                List.of(
                    display.toString(),
                    "-displayfd",
                    "1",
                    "-screen",
                    "0",
                    "1920x1200x24",
                    "-nolisten",
                    "tcp"))
            .await(DISPLAY_IS_UP);
    Map<String, String> environment =
        Map.of(
            "DISPLAY",
            ":" + number,
            "GDK_BACKEND",
            "x11",
            "LANG", // else pages are told that the user's language is C, which none is
            "en_US.UTF-8",
            "GTK_THEME",
            scheme == ColorScheme.DARK ? "Adwaita:dark" : "Adwaita",
            "NO_AT_BRIDGE", // or GTK starts a bus of its own, which outlives it
            "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", // a container can't nest another
            "1");
    int port =
        Sandbox.persistently(
            () -> {
              int free = freePort();
              sandbox
                  .start(environment, List.of(driver.toString(), "--port=" + free))
                  .awaitListening(free);
              return free;
            });
    return new DrivenBrowser(
        sandbox,
        port,
        false,
        Map.of(
            "browserName",
            "MiniBrowser",
            "webkitgtk:browserOptions",
            Map.of("binary", binary.toString(), "args", List.of("--automation"))));
  }

  /** WebKit's driver can't choose one and say which. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public Tab open(URI uri) {
    synchronized (driver) {
      driver.switchTo().window(first); // where it was last may be closed
      // In WebKit a further tab of a window stays in the back, and takes no input there.
      WindowType kind = isChromium ? WindowType.TAB : WindowType.WINDOW;
      String handle = driver.switchTo().newWindow(kind).getWindowHandle();
      DrivenTab tab = new DrivenTab(handle);
      tab.navigate(uri);
      return tab;
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }

  private final class DrivenTab extends Tab {
    private final String handle;

    DrivenTab(String handle) {
      this.handle = handle;
    }

    private RemoteWebDriver here() {
      driver.switchTo().window(handle);
      return driver;
    }

    @Override
    public void navigate(URI uri) {
      synchronized (driver) {
        here().get(uri.toString());
      }
    }

    @Override
    public void reload() {
      synchronized (driver) {
        here().navigate().refresh();
      }
    }

    @Override
    public void back() {
      synchronized (driver) {
        here().navigate().back();
      }
    }

    @Override
    public void resize(int width, int height) {
      synchronized (driver) {
        here();
        if (isChromium) { // whose windows are not this narrow, but a page in it may be
          resizePage(width, height);
        } else {
          resizeWindow(width, height);
        }
      }
      await(
          "a page of " + width + " × " + height,
          "`${innerWidth} × ${innerHeight}` === arguments[0] || `${innerWidth} × ${innerHeight}`",
          width + " × " + height);
    }

    private void resizePage(int width, int height) {
      new RemoteExecuteMethod(driver)
          .execute(
              DEVTOOLS,
              Map.of(
                  "cmd",
                  "Emulation.setDeviceMetricsOverride",
                  "params",
                  Map.of(
                      "width", width, "height", height, "deviceScaleFactor", 1, "mobile", false)));
    }

    /** A driver knows the window's size alone, so what is around the page is added. */
    private void resizeWindow(int width, int height) {
      List<?> around =
          (List<?>) evaluate("return [outerWidth - innerWidth, outerHeight - innerHeight]");
      driver
          .manage()
          .window()
          .setSize(
              new Dimension(
                  width + ((Number) around.get(0)).intValue(),
                  height + ((Number) around.get(1)).intValue()));
    }

    @Override
    public List<String> console() {
      if (!isChromium) {
        return List.of();
      }
      synchronized (driver) {
        return here().manage().logs().get(LogType.BROWSER).getAll().stream()
            .map(entry -> entry.getLevel() + " " + entry.getMessage())
            .toList();
      }
    }

    @Override
    public void close() {
      synchronized (driver) {
        here().close();
      }
    }

    @Override
    String run(String expression, String argument) {
      synchronized (driver) {
        return (String)
            here()
                .executeAsyncScript(
                    "const done = arguments[1]; " + expression + ".then(done)", argument);
      }
    }

    @Override
    void perform(Sequence actions) {
      synchronized (driver) {
        here().perform(List.of(actions));
      }
    }

    @Override
    byte[] capture() {
      synchronized (driver) {
        return here().getScreenshotAs(OutputType.BYTES);
      }
    }
  }
}
