package dev.trailcast.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.WebJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of the dashboard without a browser. */
class DashboardTest {
  private static final Path PAGES = Path.of("src/main/webapp");

  @Test
  void loadsTheChartInTheVersionThatThePomNames() throws IOException {
    assertThat(mentions(Pattern.compile("webjars/uplot/([^/]*)/")))
        .as("versions that the pages name")
        .containsExactly(WebJar.of("uplot").version());
  }

  @Test
  void namesNoAddressThatDependsOnWhereItIsServed() throws IOException {
    assertThat(mentions(Pattern.compile("(?:href|src|action)=['\"](/[^'\"]*)"))).isEmpty();
    assertThat(mentions(Pattern.compile("(?:fetch|ask|import|from) ?\\(?['\"`](/[^'\"`]*)")))
        .isEmpty();
  }

  @Test
  void takesNoNameAtTheRootThatAHostMayHave() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.matches("(META|WEB)-INF")) // which the jar has not
          .isNotEmpty()
          .allMatch(name -> name.startsWith("trailcast"));
    }
  }

  @Test
  void putsNothingInAsHtml() throws IOException {
    assertThat(
            mentions(
                Pattern.compile(
                    "((?:inner|outer)HTML|insertAdjacentHTML|document\\.write|parseFromString|setHTML)")))
        .isEmpty();
  }

  private static List<String> mentions(Pattern pattern) throws IOException {
    try (Stream<Path> files = Files.walk(PAGES)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(html|css|js)"))
          .map(DashboardTest::text)
          .flatMap(text -> pattern.matcher(text).results().map((MatchResult hit) -> hit.group(1)))
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
