package dev.trailcast.it.browser;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.bidi.Command;
import org.openqa.selenium.bidi.Connection;
import org.openqa.selenium.bidi.Event;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpClient;

/** Firefox, which speaks WebDriver BiDi itself. */
final class BidiBrowser implements Browser {
  private static final Pattern IS_UP =
      Pattern.compile("WebDriver BiDi listening on (ws://127\\.0\\.0\\.1:\\d+)");

  private final Sandbox sandbox;
  private final HttpClient http;
  private final Connection connection;

  /** What the consoles of all tabs have said, each with its context. */
  private final Queue<Map<String, Object>> console = new ConcurrentLinkedQueue<>();

  private BidiBrowser(Sandbox sandbox, String address) {
    this.sandbox = sandbox;
    this.http =
        HttpClient.Factory.createDefault()
            .createClient(
                ClientConfig.defaultConfig()
                    .baseUri(URI.create(address.replace("ws:", "http:")))
                    .readTimeout(Tab.PATIENCE));
    this.connection = new Connection(http, address + "/session");
    send("session.new", Map.of("capabilities", Map.of()));
    connection.addListener(
        "console", new Event<>("log.entryAdded", Function.identity()), console::add);
    send("session.subscribe", Map.of("events", List.of("log.entryAdded")));
  }

  static Browser firefox(Sandbox sandbox, Path binary, ColorScheme scheme, boolean hasCookies)
      throws IOException {
    Path profile = Files.createDirectory(sandbox.directory().resolve("profile"));
    Files.writeString(
        profile.resolve("user.js"),
        """
        user_pref('layout.css.prefers-color-scheme.content-override', %d);
        user_pref('network.cookie.cookieBehavior', %d);
        """
            .formatted(scheme == ColorScheme.DARK ? 0 : 1, hasCookies ? 5 : 2));
    String address =
        sandbox
            .start(
                Map.of("MOZ_CRASHREPORTER_DISABLE", "1"),
                List.of(
                    binary.toString(),
                    "--headless",
                    "--no-remote",
                    "--remote-debugging-port=0",
                    "--profile",
                    profile.toString()))
            .await(IS_UP);
    return new BidiBrowser(sandbox, address);
  }

  private Map<?, ?> send(String method, Map<String, Object> parameters) {
    return connection.sendAndWait(
        new Command<Map<?, ?>>(method, parameters, result -> (Map<?, ?>) result), Tab.PATIENCE);
  }

  @Override
  public Tab open(URI uri) {
    BidiTab tab =
        new BidiTab((String) send("browsingContext.create", Map.of("type", "tab")).get("context"));
    tab.navigate(uri);
    return tab;
  }

  @Override
  public void close() {
    connection.close();
    http.close();
    sandbox.close();
  }

  private final class BidiTab extends Tab {
    private final String context;

    BidiTab(String context) {
      this.context = context;
    }

    @Override
    public void navigate(URI uri) {
      send(
          "browsingContext.navigate",
          Map.of("context", context, "url", uri.toString(), "wait", "complete"));
    }

    @Override
    public void reload() {
      send("browsingContext.reload", Map.of("context", context, "wait", "complete"));
    }

    @Override
    public void back() {
      send("browsingContext.traverseHistory", Map.of("context", context, "delta", -1));
    }

    @Override
    public void resize(int width, int height) {
      send(
          "browsingContext.setViewport",
          Map.of("context", context, "viewport", Map.of("width", width, "height", height)));
    }

    @Override
    public List<String> console() {
      return console.stream()
          .filter(entry -> ((Map<?, ?>) entry.get("source")).get("context").equals(context))
          .map(entry -> entry.get("level") + " " + entry.get("text"))
          .toList();
    }

    @Override
    public void close() {
      send("browsingContext.close", Map.of("context", context));
    }

    @Override
    String run(String expression, String argument) {
      Map<?, ?> outcome =
          send(
              "script.callFunction",
              Map.of(
                  "functionDeclaration",
                  "function () { return " + expression + " }",
                  "arguments",
                  List.of(Map.of("type", "string", "value", argument)),
                  "target",
                  Map.of("context", context),
                  "awaitPromise",
                  true));
      if (outcome.get("exceptionDetails") instanceof Map<?, ?> exception) {
        throw new JavascriptException(String.valueOf(exception.get("text")));
      }
      return (String) ((Map<?, ?>) outcome.get("result")).get("value");
    }

    @Override
    void perform(Sequence actions) {
      send(
          "input.performActions", Map.of("context", context, "actions", List.of(actions.encode())));
    }

    @Override
    byte[] capture() {
      return Base64.getDecoder()
          .decode(
              (String)
                  send("browsingContext.captureScreenshot", Map.of("context", context))
                      .get("data"));
    }
  }
}
