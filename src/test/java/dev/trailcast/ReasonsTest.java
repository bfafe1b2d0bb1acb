package dev.trailcast;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.journal.Gap;
import dev.trailcast.stream.wire.CloseReason;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line that is logged has a number, and docs/reasons.md has every reason there is. */
class ReasonsTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/trailcast");
  private static final Path OPENAPI = Path.of("src/main/webapp/trailcast/openapi.yaml");

  /** Which class passes on what it is given, with the number in it. */
  private static final String PASSES_ON = "Enduring.java";

  private static final Pattern LOGGING =
      Pattern.compile("(\\bLOG\\.log|\\bEnduring\\.log|\\bnew Enduring)\\(");
  private static final Pattern NUMBERED = Pattern.compile("\"(TRAIL\\d{4}([IWE])): ([^\"{%]*)");
  private static final Pattern LEVEL = Pattern.compile("\\bLevel\\.([A-Z]+)\\b");

  /** What the runtime refuses by itself. */
  private static final Set<String> OF_THE_RUNTIME = Set.of("404", "405", "406", "415");

  private final String page = read(Path.of("docs/reasons.md"));

  /**
   * A line that is logged, or the wrapper of a step that logs one when it fails.
   *
   * @param file where it is
   * @param levels at which it may be logged
   * @param numbers each with its letter
   * @param text that follows the number, as far as it is fixed
   */
  private record LogLine(String file, Set<String> levels, List<String> numbers, String text) {
    boolean isForOperators() {
      return !Set.of("DEBUG", "TRACE").containsAll(levels);
    }

    /** At which it is logged if it is logged for operators. */
    Set<String> letters() {
      return levels.stream()
          .filter(level -> !level.equals("DEBUG"))
          .map(level -> level.equals("INFO") ? "I" : level.equals("WARNING") ? "W" : "E")
          .collect(toSet());
    }
  }

  @Test
  void logsNothingThatTheseTestsDoNotSee() {
    for (Path file : sources()) {
      String source = read(file);
      assertThat(source).as(file.toString()).doesNotContain("java.util.logging");
      if (!source.contains("static void main(")) { // which is no server's
        assertThat(source).as(file.toString()).doesNotContain("System.out", "System.err");
      }
      if (!file.endsWith(PASSES_ON)) {
        assertThat(source.replaceAll("Logger LOG =\\s+System\\.getLogger\\(", ""))
            .as(file.toString())
            .doesNotContain("getLogger(")
            .doesNotContainPattern(
                "(?<!Enduring\\.log\\(\\s{0,20}|new Enduring\\(\\s{0,20})\\bLOG\\b(?!\\.log\\()");
      }
    }
  }

  @Test
  void beginsEachLineForOperatorsWithANumberAndTheLetterOfItsLevel() {
    assertThat(logLines()).hasSizeGreaterThan(60);
    for (LogLine line : logLines()) {
      if (line.isForOperators()) {
        assertThat(line.numbers()).as("numbers in %s", line).hasSize(1);
        assertThat(line.letters()).as("letter of %s", line).containsExactly(letter(line));
      } else {
        assertThat(line.numbers()).as("numbers in %s", line).isEmpty();
      }
    }
  }

  private static String letter(LogLine line) {
    String number = line.numbers().get(0);
    return number.substring(number.length() - 1);
  }

  @Test
  void givesEachNumberOnce() {
    assertThat(
            logLines().stream().flatMap(line -> line.numbers().stream()).map(ReasonsTest::digits))
        .doesNotHaveDuplicates();
  }

  private static String digits(String number) {
    return number.substring(0, number.length() - 1);
  }

  @Test
  void explainsEachLineOfTheLogAndNoOther() {
    Map<String, List<String>> rows = rows("The log");
    Set<String> logged = new HashSet<>();
    for (LogLine line : logLines()) {
      for (String number : line.numbers()) {
        logged.add(number);
        assertThat(rows).containsKey(number);
        assertThat(rows.get(number).get(0)).as(number).contains(line.text().stripTrailing());
      }
    }
    assertThat(rows.keySet()).isEqualTo(logged);
  }

  @Test
  void explainsEachReasonOfAStreamAndNoOther() {
    assertThat(rows("Streams").keySet()).isEqualTo(names(CloseReason.values()));
  }

  @Test
  void explainsEachReasonOfAGapAndNoOther() {
    assertThat(rows("Gaps").keySet()).isEqualTo(names(Gap.Reason.values()));
  }

  private static Set<String> names(Enum<?>[] reasons) {
    return Arrays.stream(reasons).map(Object::toString).collect(toSet());
  }

  @Test
  void explainsEachReasonThatAMetricHasAndNoOther() {
    String metrics =
        sources().stream()
            .filter(file -> file.startsWith(SOURCES.resolve("metrics")))
            .map(ReasonsTest::read)
            .collect(joining());
    assertThat(rows("Bodies").keySet())
        .isEqualTo(all("\\brefusedBodies\\(\\s*\"(\\w+)\"", metrics));
    assertThat(rows("Records of a topic").keySet())
        .isEqualTo(all("\\bskipped\\(\\s*\"(\\w+)\"", metrics));
  }

  @Test
  void explainsEachStatusThatIsAProblemAndNoOther() {
    Set<String> used = new HashSet<>(OF_THE_RUNTIME);
    used.addAll(all("\"([45]\\d\\d)\":", read(OPENAPI)));
    for (Path file : sources()) {
      String source = read(file);
      for (String name : all("\\bStatus\\.([A-Z_]+)\\b", source)) {
        Arrays.stream(Response.Status.values())
            .filter(status -> status.name().equals(name))
            .map(Response.Status::getStatusCode)
            .filter(status -> status >= 400)
            .forEach(status -> used.add(status.toString()));
      }
      if (file.startsWith(SOURCES.resolve("http"))) { // those that Jakarta REST does not name
        used.addAll(all("\\bint [A-Z_]+ = ([45]\\d\\d);", source));
      }
    }
    assertThat(rows("Statuses").keySet()).isEqualTo(used);
  }

  private static Set<String> all(String pattern, String in) {
    return Pattern.compile(pattern)
        .matcher(in)
        .results()
        .map(found -> found.group(1))
        .collect(toSet());
  }

  /** What stands in a part of the page: reason, and what is said of it, in columns. */
  private Map<String, List<String>> rows(String heading) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    String part = page.split("\n## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
    for (String line : part.lines().filter(line -> line.startsWith("| `")).toList()) {
      List<String> columns =
          Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
      assertThat(columns).as(line).hasSizeGreaterThan(2).doesNotContain("");
      String reason = columns.get(0).replace("`", "");
      assertThat(rows.put(reason, columns.subList(1, columns.size())))
          .as("twice: " + line)
          .isNull();
    }
    return rows;
  }

  private static List<LogLine> logLines() {
    List<LogLine> lines = new ArrayList<>();
    for (Path file : sources()) {
      if (!file.endsWith(PASSES_ON)) {
        String source = read(file);
        Matcher logging = LOGGING.matcher(source);
        while (logging.find()) {
          lines.add(logLine(file, source, logging));
        }
      }
    }
    return lines;
  }

  private static LogLine logLine(Path file, String source, Matcher logging) {
    String arguments = arguments(source, logging.end());
    Set<String> levels = levels(arguments);
    if (logging.group().startsWith("new")) {
      levels = Set.of("ERROR"); // whatever fails again and again
    } else if (levels.isEmpty()) {
      int decided = source.lastIndexOf("Level level = ", logging.start());
      levels = levels(source.substring(decided, source.indexOf(';', decided)));
    }
    List<MatchResult> numbers = NUMBERED.matcher(arguments).results().toList();
    return new LogLine(
        file.toString(),
        levels,
        numbers.stream().map(number -> number.group(1)).toList(),
        numbers.isEmpty() ? "" : numbers.get(0).group(3));
  }

  private static Set<String> levels(String code) {
    return LEVEL.matcher(code).results().map(found -> found.group(1)).collect(toSet());
  }

  /** What stands from there to the bracket that closes the call. */
  private static String arguments(String source, int from) {
    boolean quoted = false;
    int depth = 1;
    int at = from;
    for (; depth > 0; at++) {
      char c = source.charAt(at);
      if (quoted) {
        quoted = c != '"';
        at += c == '\\' ? 1 : 0;
      } else if (source.startsWith("//", at)) {
        at = source.indexOf('\n', at);
      } else if (source.startsWith("'\"'", at)
          || source.startsWith("'('", at)
          || source.startsWith("')'", at)) {
        at += 2;
      } else {
        quoted = c == '"';
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
    }
    return source.substring(from, at - 1);
  }

  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
