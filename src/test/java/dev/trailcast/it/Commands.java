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
  /** What is typed where, and by which test. */
  public enum Kind {
    /** Asks a server who it is not said by: CommandsIT. */
    ANYONES("curl(?!.*(?: -u |Authorization)) .*localhost:9080.*"),
    /** Says who asks by a token: RightsIT. */
    WITH_A_TOKEN("curl .*\\bAuthorization: Bearer .*"),
    /** Administers, and logs in: HostPasswordIT. */
    ADMINISTRATORS("curl -u ada .*"),
    /** Has a key to write with: SegmentIT. */
    WITH_A_WRITE_KEY("curl -u \\w+: .*"),
    /** Looks after the files of a journal: CommandsIT. */
    OF_FILES("(?:server-config/journal\\.sh|install|du) .*"),
    /** Makes and reads a topic: KafkaCommandsTest. */
    KAFKAS("kafka-topics\\.sh .*|(?:echo .*\\|\\s*)?kcat .*"),
    /** Looks at figures: MonitoringCommandsTest. */
    OF_MONITORING("(?:prometheus|promtool) .*"),
    /** Starts Payara Micro: PayaraMicroCommandIT. */
    PAYARA_MICROS("java .*-jar payara-micro\\.jar .*"),
    /** Administers a Payara Server: PayaraServerCommandsIT. */
    PAYARA_SERVERS("(?:asadmin|set) .*"),
    /** Builds and starts: BuildCommandsIT. */
    BUILDS("(?:[A-Z_]+=\\S+ )?\\./mvnw\\b.*"),
    /** Needs a registry of images, or an authority for certificates: by no test. */
    ELSEWHERE("(?:podman|certbot) .*");

    private final Pattern pattern;

    Kind(String regex) {
      pattern = Pattern.compile(regex, Pattern.DOTALL);
    }

    /** Whether a command is one of these. */
    public boolean has(String command) {
      return pattern.matcher(command).matches();
    }
  }

  /** What those of an indented block begin with. */
  private static final Pattern SHELL =
      Pattern.compile(
          "(?:[A-Z_]+=\\S+ )?(?:\\./mvnw|asadmin|certbot|curl|du|install|java|kafka-topics\\.sh"
              + "|podman|prometheus|promtool|server-config/\\S+|set)\\b.*",
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

  /** Those of a kind. */
  public static List<String> documented(Kind kind) throws IOException {
    return documented().stream().filter(kind::has).toList();
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
