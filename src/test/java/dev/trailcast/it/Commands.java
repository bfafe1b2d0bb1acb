package dev.trailcast.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What README and docs tell to type into a shell. */
public final class Commands {
  /** What those of an indented block begin with. */
  private static final Pattern SHELL =
      Pattern.compile(
          "(?:[A-Z_]+=\\S+ )?(?:\\./mvnw|asadmin|certbot|curl|du|install|java|kafka-topics\\.sh"
              + "|podman|prometheus|promtool|server-config/\\S+)\\b.*",
          Pattern.DOTALL);

  private static final Pattern INDENTED = Pattern.compile("(?m)(?<=\\n\\n)(?: {4}.*\\n)+");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
  private static final Pattern INLINE = Pattern.compile("`(curl [^`…]+)`");
  private static final Pattern NEXT = Pattern.compile("(?<!\\\\)\\n+(?! )");

  private Commands() {}

  /** Every one of them, each with the lines that it goes on in. */
  public static List<String> documented() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      for (Path page :
          Stream.concat(Stream.of(Path.of("README.md")), docs.sorted())
              .filter(each -> each.toString().endsWith(".md"))
              .toList()) {
        addAll(Files.readString(page), all);
      }
    }
    return all;
  }

  private static void addAll(String page, List<String> commands) {
    for (Pattern kind : List.of(INDENTED, FENCED, INLINE)) {
      Matcher found = kind.matcher(page);
      while (found.find()) {
        String block =
            kind == INDENTED ? found.group().stripTrailing().stripIndent() : found.group(1);
        for (String command : NEXT.split(block.strip())) {
          if (kind != INDENTED || SHELL.matcher(command).matches()) {
            commands.add(command.strip());
          }
        }
      }
    }
  }
}
