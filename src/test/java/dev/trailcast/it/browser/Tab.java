package dev.trailcast.it.browser;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.interactions.KeyInput;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.openqa.selenium.interactions.PointerInput.MouseButton;
import org.openqa.selenium.interactions.PointerInput.Origin;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.json.Json;

/** A tab of a browser: what a page says, and what its user does. */
public abstract class Tab implements AutoCloseable {
  /** How long anything may take, on a busy machine too. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Json JSON = new Json();

  /**
   * Runs this as the body of an async function in the page, whose {@code arguments} these are, and
   * returns what it returns, as JSON has it: String, Number, Boolean, List, Map or null.
   *
   * @throws AssertionError if it throws
   */
  public final Object evaluate(String body, Object... arguments) {
    Map<String, Object> outcome =
        JSON.toType(
            run(
                "(async function () {"
                    + body
                    + "\n}).apply(null, JSON.parse(arguments[0])).then("
                    + "value => JSON.stringify({ value: value ?? null }),"
                    + "problem => JSON.stringify({ problem: `${problem}\\n${problem?.stack}` }))",
                JSON.toJson(arguments)),
            Json.MAP_TYPE);
    if (outcome.containsKey("problem")) {
      throw new AssertionError("in the page: " + outcome.get("problem") + "in:\n" + body);
    }
    return outcome.get("value");
  }

  /**
   * Waits until this JavaScript expression is true of the page; it may throw until then, and the
   * page may be loaded anew meanwhile.
   *
   * @param what is waited for
   */
  public final void await(String what, String condition, Object... arguments) {
    await(PATIENCE, what, condition, arguments);
  }

  final void await(Duration patience, String what, String condition, Object... arguments) {
    String poll =
        """
        const until = performance.now() + 1000;
        for (let met = false; ;) {
          try { met = await (%s); } catch (e) { met = `${e}`; }
          if (met === true || performance.now() > until) return met;
          await new Promise(resolve => setTimeout(resolve, 20));
        }
        """
            .formatted(condition);
    long deadline = System.nanoTime() + patience.toNanos();
    Object last;
    do {
      try {
        last = evaluate(poll, arguments);
      } catch (WebDriverException e) {
        last = e.getMessage();
      }
      if (Boolean.TRUE.equals(last)) {
        return;
      }
    } while (System.nanoTime() < deadline);
    throw new AssertionError(
        "waited for %s, but %s is %s in\n%s".formatted(what, condition, last, describe()));
  }

  /** What a user would see, and a developer in the console. */
  private String describe() {
    Object page;
    try {
      page =
          evaluate(
              "return `${location} '${document.title}'\\n"
                  + "${document.body?.innerText.slice(0, 4000)}`");
    } catch (WebDriverException | AssertionError e) {
      page = e;
    }
    return page + "\nConsole:\n" + String.join("\n", console());
  }

  /** Goes there and waits until it has loaded. */
  public abstract void navigate(URI uri);

  /** Loads the page anew, as the user's reload does, and waits until it has loaded. */
  public abstract void reload();

  /** Goes one page back; the test awaits what it expects there. */
  public abstract void back();

  /** Makes the page this large, in CSS pixels; WebKit's tool bar keeps it wider than 447. */
  public abstract void resize(int width, int height);

  /** What the page and the browser have said of it in the console, where the browser tells. */
  public abstract List<String> console();

  /** Closes the tab; its browser stays. */
  @Override
  public abstract void close();

  /** Writes what is visible to a PNG file. */
  public final void screenshot(Path file) throws IOException {
    Files.write(file, capture());
  }

  /** Clicks on the middle of the first element that this selects. */
  public final void click(String selector) {
    List<?> middle =
        (List<?>)
            evaluate(
                """
                const element = document.querySelector(arguments[0]);
                element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
                const { x, y, width, height } = element.getBoundingClientRect();
                const middle = [Math.round(x + width / 2), Math.round(y + height / 2)];
                const hit = document.elementFromPoint(...middle);
                if (!element.contains(hit)) throw new Error(`${hit?.outerHTML} is in front`);
                return middle;
                """,
                selector);
    PointerInput mouse = new PointerInput(Kind.MOUSE, "mouse");
    perform(
        new Sequence(mouse, 0)
            .addAction(
                mouse.createPointerMove(
                    Duration.ZERO,
                    Origin.viewport(),
                    ((Number) middle.get(0)).intValue(),
                    ((Number) middle.get(1)).intValue()))
            .addAction(mouse.createPointerDown(MouseButton.LEFT.asArg()))
            .addAction(mouse.createPointerUp(MouseButton.LEFT.asArg())));
  }

  /** Types text, or a key of {@link org.openqa.selenium.Keys}. */
  public final void press(CharSequence keys) {
    KeyInput keyboard = new KeyInput("keyboard");
    Sequence sequence = new Sequence(keyboard, 0);
    keys.codePoints()
        .forEach(
            key -> {
              sequence.addAction(keyboard.createKeyDown(key));
              sequence.addAction(keyboard.createKeyUp(key));
            });
    perform(sequence);
  }

  /** Types that while a modifier of {@link org.openqa.selenium.Keys} is held down. */
  public final void press(CharSequence modifier, CharSequence key) {
    KeyInput keyboard = new KeyInput("keyboard");
    int held = modifier.charAt(0);
    int code = key.charAt(0);
    perform(
        new Sequence(keyboard, 0)
            .addAction(keyboard.createKeyDown(held))
            .addAction(keyboard.createKeyDown(code))
            .addAction(keyboard.createKeyUp(code))
            .addAction(keyboard.createKeyUp(held)));
  }

  /**
   * Evaluates an expression in the page that promises a string.
   *
   * @param argument what it finds as {@code arguments[0]}
   * @throws WebDriverException if the page went away meanwhile
   */
  abstract String run(String expression, String argument);

  /** Has the browser do this as if a user did. */
  abstract void perform(Sequence actions);

  /** What is visible, as PNG. */
  abstract byte[] capture();
}
