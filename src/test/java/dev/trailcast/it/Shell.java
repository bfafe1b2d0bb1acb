package dev.trailcast.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Types what is documented, where it may stand in other directories and reach other servers. */
public final class Shell {
  private static final long PATIENCE_SECONDS = 120;

  /** Without an end it is ended soon, and that is no failure; being refused is one. */
  private static final String CURL =
      """
      arguments=("$@")
      %sseconds=30
      [[ " $* " == *" -N "* ]] && seconds=5
      %s "${arguments[@]}" --fail --silent --show-error -m $seconds
      code=$?
      ((code == 28 && seconds == 5)) || exit $code
      """;

  private final Path directory;
  private final Path programs;

  /**
   * @param directory where it is typed; stand-ins are kept in there
   */
  public Shell(Path directory) throws IOException {
    this.directory = directory;
    programs = Files.createDirectories(directory.resolve("stand-ins"));
  }

  /** Whatever this name is typed for does this instead, which is bash's. */
  public void standIn(String name, String script) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /**
   * curl asks another server, ends, and takes being refused for a failure.
   *
   * @param replacements what its arguments have, and what they shall have, alternately
   */
  public void standInForCurl(String... replacements) throws IOException {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < replacements.length; i += 2) {
      script.append(
          "from='%s' to='%s' && arguments=(\"${arguments[@]/\"$from\"/$to}\")\n"
              .formatted(replacements[i], replacements[i + 1]));
    }
    standIn("curl", CURL.formatted(script, Machine.program("curl").orElseThrow()));
  }

  /** Likewise this server for {@code localhost:9080}, and the application for what is its root. */
  public void standInForCurl(Server server) throws IOException {
    String authority = server.base().getAuthority();
    standInForCurl(
        "localhost:9080/api",
        authority + server.base().getPath() + "api",
        "localhost:9080",
        authority);
  }

  /** Begins it. */
  public Process start(String command) throws IOException {
    ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", command);
    bash.environment().put("JAVA_HOME", System.getProperty("java.home"));
    bash.environment().merge("PATH", programs.toString(), (path, ours) -> ours + ":" + path);
    return bash.directory(directory.toFile()).redirectErrorStream(true).start();
  }

  /** Waits for the end, which has to be a good one, and returns what was said until then. */
  public static String said(String command, Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(command).isTrue();
    assertThat(process.exitValue()).as("%s said %s", command, said).isZero();
    return said;
  }

  /** Types it, and returns what it has said when it has ended well. */
  public String type(String command) throws Exception {
    return said(command, start(command));
  }
}
