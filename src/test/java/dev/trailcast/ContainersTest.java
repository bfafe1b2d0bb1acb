package dev.trailcast;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What images are built of, and how they are run: as far as can be said without building one. */
class ContainersTest {
  private static final Path CONTAINERS = Path.of("server-config/containers");
  private static final Path KUBERNETES = Path.of("server-config/kubernetes");

  /** How long Open Liberty may take to stop, whatever is in it. */
  private static final Duration SERVER = Duration.ofSeconds(30);

  @ParameterizedTest
  @ValueSource(strings = {"Containerfile.liberty", "Containerfile.payara"})
  void imagesRunAsNobodyInParticularAndSayHowTheyAre(String file) throws IOException {
    String build = Files.readString(CONTAINERS.resolve(file));

    assertThat(all("(?m)^USER (.+)$", build)).containsExactly("10001");
    assertThat(all("(?m)^VOLUME (.+)$", build)).containsExactly("/journal");
    assertThat(build).contains("TRAILCAST_JOURNAL_DIRECTORY=/journal").contains("HEALTHCHECK");
    assertThat(all("(?m)^FROM (\\S+)", build))
        .isNotEmpty()
        .noneMatch(from -> from.endsWith("latest"));
    assertThat(build).doesNotContainPattern("(?m)^ADD ").doesNotContain("ACCESS_");
    assertThat(all("apt-get install -y (\\S+)", build)).containsOnly("--no-install-recommends");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Containerfile.liberty", "Containerfile.payara"})
  void imagesAreBuiltOfWhatIsHereAndOfWhatTheirHeadSaysIsBuiltFirst(String file)
      throws IOException {
    String build = Files.readString(CONTAINERS.resolve(file));
    Stream<String> copied =
        all("(?m)^COPY (?!--from)(.+) \\S+$", build).stream()
            .flatMap(sources -> Stream.of(sources.split(" ")));

    assertThat(copied)
        .isNotEmpty()
        .allSatisfy(
            source -> {
              if (!source.startsWith("target/")) {
                assertThat(Path.of(source)).exists();
              }
            });
    assertThat(Path.of("server-config/health")).isExecutable();
    assertThat(all("\\[\"(\\S+?)\", \"http://localhost:9080\", \"live\"\\]", build))
        .containsExactly("trailcast-health");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trailcast.yaml", "cluster.yaml"})
  void podsHaveTheTimeThatReadersAndTheServerNeedToEnd(String file) throws IOException {
    String manifest = Files.readString(KUBERNETES.resolve(file));
    Duration pause = seconds("command: \\[sleep, \"(\\d+)\"\\]", manifest);
    Properties settings = new Properties();
    try (var defaults =
        getClass().getResourceAsStream("/META-INF/microprofile-config.properties")) {
      settings.load(defaults);
    }
    Duration drain = Duration.parse(settings.getProperty("trailcast.stream.drain.timeout"));

    assertThat(seconds("terminationGracePeriodSeconds: (\\d+)", manifest))
        .isGreaterThan(pause.plus(drain).plus(SERVER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"trailcast.yaml", "cluster.yaml"})
  void podsMayWriteToTheJournalAloneAndAreAskedForWhatTheyAnswer(String file) throws IOException {
    String manifest = Files.readString(KUBERNETES.resolve(file));

    assertThat(manifest)
        .contains(
            "runAsNonRoot: true",
            "readOnlyRootFilesystem: true",
            "allowPrivilegeEscalation: false",
            "capabilities: {drop: [ALL]}");
    assertThat(all("mountPath: (\\S+?)}", manifest)).containsExactly("/journal", "/tmp");
    assertThat(all("(?s)(\\w+)Probe:\\s+httpGet: \\{path: /health/\\w+", manifest))
        .containsExactly("startup", "readiness", "liveness");
    assertThat(all("path: /health/(\\w+)", manifest)).containsExactly("started", "ready", "live");
  }

  @Test
  void whatIsTriedOutIsReachedFromThisMachineAlone() throws IOException {
    String compose = Files.readString(CONTAINERS.resolve("compose.yaml"));

    assertThat(all("ports: \\[\"(.+?)\"\\]", compose))
        .isNotEmpty()
        .allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat(all("image: \\S+:(\\S+)", compose)).doesNotContain("latest");
  }

  private static Duration seconds(String pattern, String in) {
    return Duration.ofSeconds(Long.parseLong(all(pattern, in).get(0)));
  }

  private static List<String> all(String pattern, String in) {
    return Pattern.compile(pattern)
        .matcher(in)
        .results()
        .map(found -> found.group(1))
        .collect(toList());
  }
}
