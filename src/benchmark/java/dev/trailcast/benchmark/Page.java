package dev.trailcast.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A page of recorded results. What stands before and right behind its heading {@code Results} is
 * somebody's text. Below is a section for each scenario, which stays until that scenario is
 * recorded anew.
 */
final class Page {
  private static final String RESULTS = "\n## Results\n";
  private static final String SECTION = "### ";
  private static final Pattern BEFORE_SECTION = Pattern.compile("^(?=### )", Pattern.MULTILINE);

  private final String text;
  private final Map<String, String> sections = new LinkedHashMap<>();

  /**
   * @param page as Markdown
   * @throws IllegalArgumentException if it has no such heading
   */
  Page(String page) {
    int results = page.indexOf(RESULTS);
    if (results < 0) {
      throw new IllegalArgumentException("there is no heading " + RESULTS.strip());
    }
    String introduction = "";
    for (String part : BEFORE_SECTION.split(page.substring(results))) {
      if (part.startsWith(SECTION)) {
        put(part.substring(SECTION.length()).split("[:\n]", 2)[0], part);
      } else {
        introduction = part;
      }
    }
    text = (page.substring(0, results) + introduction).strip();
  }

  /** What is recorded in a file by now. */
  static Page in(Path file) throws IOException {
    try {
      return new Page(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException("nothing can be recorded in " + file + ": " + e.getMessage(), e);
    }
  }

  /** Puts a section in the place of what was recorded of the same scenario. */
  void put(String scenario, String section) {
    sections.put(scenario, section.strip());
  }

  /** As Markdown, its sections in this order, and then whatever others there are. */
  String toMarkdown(List<String> scenarios) {
    Map<String, String> rest = new LinkedHashMap<>(sections);
    StringBuilder page = new StringBuilder(text).append('\n');
    for (String scenario : scenarios) {
      String section = rest.remove(scenario);
      if (section != null) {
        page.append('\n').append(section).append('\n');
      }
    }
    rest.values().forEach(section -> page.append('\n').append(section).append('\n'));
    return page.toString();
  }
}
