package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.EmbeddedJournalOnly;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.ServerProcess;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of the WAR's journal, which is put back while the server is stopped. */
@EmbeddedJournalOnly("elsewhere the topic is the record, and what is here a copy of it")
class BackupIT {
  @TempDir Path directory;

  @Test
  void isMadeWhileItRunsAndTellsReadersOfAGapWhenItIsPutBack() throws Exception {
    Path journal = directory.resolve("journal");
    Path backups = directory.resolve("backups");
    Map<String, String> environment =
        Map.of(
            "TRAILCAST_JOURNAL_DIRECTORY", journal.toString(),
            "TRAILCAST_BACKUP_DIRECTORY", backups.toString());
    try (ServerProcess process = new ServerProcess("trailcastBackup")) {
      process.start(environment);
      Server server = process.server();
      try (Reader reader = new Reader(server, "api/events?source=/backup")) {
        server.recordAll(numbered(1, 300));
        JsonObject backup = Server.json(post(server, 201));
        server.recordAll(numbered(301, 300));
        reader.await("all", client -> client.activities().size() == 600);

        Path file = Path.of(backup.getString("file"));
        assertThat(file).hasParent(backups).hasSize(backup.getInt("bytes"));
        assertThat(backup.getInt("activities")).isEqualTo(300);
        assertThat(server.get("api/activities?after=earliest&limit=1000").body())
            .contains("\"type\":\"trailcast.audit.backed-up\"", file.getFileName().toString());

        process.kill(); // so that its log is left behind
        reader.awaitEnd();
        Files.copy(file, journal.resolve("journal.db"), StandardCopyOption.REPLACE_EXISTING);
        process.start(environment);
        reader.cut();
        reader.connect();

        reader.await("a gap", client -> !client.controls("trailcast.gap").isEmpty());
        assertThat(reader.<String>seen(client -> client.controls("trailcast.gap").get(0).data()))
            .contains("\"reason\":\"unknown\"");
        server.recordAll(numbered(601, 1));
        assertThat(kept(server))
            .isEqualTo(
                IntStream.concat(IntStream.rangeClosed(1, 300), IntStream.of(601))
                    .mapToObj(Integer::toString)
                    .toList());
        assertThat(process.console()).contains("TRAIL0113W");
      }
    }
  }

  @Test
  void isRefusedWhereItCanNotBeWrittenAndTheJournalGoesOn() throws Exception {
    Path file = Files.createFile(directory.resolve("a-file"));
    Map<String, String> environment =
        Map.of(
            "TRAILCAST_JOURNAL_DIRECTORY", directory.resolve("journal").toString(),
            "TRAILCAST_BACKUP_DIRECTORY", file.resolve("backups").toString());
    try (ServerProcess process = new ServerProcess("trailcastBackup")) {
      process.start(environment);
      HttpResponse<String> refused = post(process.server(), 503);

      assertThat(refused.body()).contains(file.toString(), "configure another directory");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      process.server().recordAll(numbered(1, 1));
      assertThat(kept(process.server())).containsExactly("1");
    }
  }

  private static HttpResponse<String> post(Server server, int status) throws Exception {
    HttpResponse<String> answer = server.post("api/admin/backup", "application/json", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  private static List<String> kept(Server server) throws Exception {
    return Server.json(server.get("api/activities?after=earliest&limit=1000&source=/backup"))
        .getJsonArray("activities")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(json -> json.getString("id"))
        .toList();
  }

  private static List<String> numbered(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(n -> "{\"source\":\"/backup\",\"type\":\"counted\",\"id\":\"" + n + "\"}")
        .toList();
  }
}
