package dev.trailcast.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.Tab;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An erasure, and a search for what it may have left: in files, in memory and in a browser. */
@ExtendWith(ArquillianExtension.class)
class ErasureIT {
  private static final String DIRECTORY = TestArchive.newJournalDirectory();
  private static final int COUNT = 300;

  /** What the server keeps of requests for itself is written over by so many others. */
  private static final int OTHER_REQUESTS = 300;

  private static final int MOST_DUMPS = 4;

  private static final String PAGE =
      """
      <!doctype html>
      <title>A page</title>
      <script type="module" src="page.js"></script>
      """;

  private static final String SCRIPT =
      """
      import { subscribe } from './trailcast.js';
      window.rows = [];
      window.erasures = 0;
      window.stored = () => new Promise((resolve, reject) => {
        const opening = indexedDB.open('trailcast');
        opening.onerror = reject;
        opening.onsuccess = () => {
          const all = opening.result.transaction('kept').objectStore('kept').getAll();
          all.onsuccess = () => { opening.result.close(); resolve(JSON.stringify(all.result)); };
        };
      });
      window.subscription = subscribe({
        onActivity: (activity, { position }) => rows.push({ activity, position }),
        onErased: erasure => {
          rows = rows.filter(({ activity, position }) => !erasure.includes(activity, position));
          erasures++;
        },
      });
      """;

  private final String name = "N" + UUID.randomUUID().toString().replace("-", "");

  @TempDir Path dumps;
  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with("trailcast.journal.directory", DIRECTORY)
        .addAsWebResource(new StringAsset(PAGE), "page.html")
        .addAsWebResource(new StringAsset(SCRIPT), "page.js");
  }

  @Test
  void leavesNothingInFilesInMemoryAndInTheBrowser() throws Exception {
    try (Browser browser = BrowserKind.CHROMIUM.start();
        Reader plain = new Reader(server, "api/events");
        Reader other = new Reader(server, "api/events?type=other");
        Reader away = new Reader(server, "api/events");
        InputStream packed = gzip();
        InputStream packedToo = gzip();
        Reader slow = new Reader(server, "api/events?rate=1")) {
      Tab tab = browser.open(server.base().resolve("page.html"));
      tab.await("that it follows", "window.subscription?.state === 'live'");
      for (InputStream each : List.of(packed, packedToo)) {
        new Thread(() -> drain(each)).start();
      }
      record();
      plain.await("all", client -> client.activities().size() == COUNT + 1);
      away.await("all", client -> client.activities().size() == COUNT + 1);
      away.cut();
      tab.await("all", "rows.length === arguments[0]", COUNT + 1);
      tab.await("what it keeps", "(await stored()).includes(arguments[0])", name);
      String tag = page().headers().firstValue("ETag").orElseThrow();
      assertThat(page().body()).contains(name);
      assertThat(server.get("api/activities?limit=1000").body()).contains(name);
      assertThat(server.get("api/stats").body()).contains(name);
      assertThat(filesWithName()).isNotEmpty();

      assertThat(erase()).isEqualTo(COUNT);

      assertThat(filesWithName()).isEmpty();
      for (Reader each : List.of(plain, other, slow)) {
        each.await("the erasure", client -> client.controls("trailcast.erased").size() == 1);
      }
      away.connect();
      away.await("the erasure", client -> client.controls("trailcast.erased").size() == 1);
      assertThat(away.<List<?>>seen(client -> client.controls("trailcast.gap"))).isEmpty();
      HttpResponse<String> after = page("If-None-Match", tag);
      assertThat(after.statusCode()).isEqualTo(200);
      assertThat(after.body()).doesNotContain(name).contains("trailcast.erased").contains("other");
      assertThat(server.get("api/activities?limit=1000").body()).doesNotContain(name);
      tab.await("the erasure", "erasures === 1");
      assertThat(tab.evaluate("return rows.map(({ activity }) => activity.type)"))
          .isEqualTo(List.of("other", "trailcast.audit.erased"));
      tab.await("nothing kept of it", "!(await stored()).includes(arguments[0])", name);
      assertThat(erase()).isZero();
      tab.close();
    }
    awaitNothingInTheHeap();
    assertThat(filesWithName()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithARequest() throws Exception {
    for (String query : List.of("", "?actor=", "?actor=a&actor=b", "?actor=a&type=b")) {
      RawHttp answer = server.raw("DELETE api/activities" + query, "\r\n");
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.body()).contains("actor");
    }
  }

  /** Two that ask for it get what is packed once for both. */
  private InputStream gzip() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.base().resolve("api/events"))
            .header("Accept", "text/event-stream")
            .header("Accept-Encoding", "gzip")
            .build();
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    return response.body();
  }

  private static void drain(InputStream stream) {
    try {
      stream.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // the test has closed it
    }
  }

  private void record() throws Exception {
    List<String> lines =
        IntStream.range(0, COUNT)
            .mapToObj(
                i ->
                    """
                    {"id":"%1$s-%2$s","source":"/%1$s","type":"done","actor":"%1$s","subject":"of/%1$s","data":"%3$s"}"""
                        .formatted(name, UUID.randomUUID(), (name + " ").repeat(1 + i % 50)))
            .toList();
    List<String> all = new ArrayList<>(lines);
    all.add(COUNT / 2, "{\"type\":\"other\",\"actor\":\"bob\"}");
    server.recordAll(all);
  }

  private HttpResponse<String> page(String... headers) throws Exception {
    return server.get("api/activities?after=earliest&limit=1000", headers);
  }

  private int erase() throws Exception {
    RawHttp answer = server.raw("DELETE api/activities?actor=" + name, "\r\n");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    String count = answer.body().replaceAll("(?s).*\"erased\":([0-9]+).*", "$1");
    return Integer.parseInt(count);
  }

  private List<Path> filesWithName() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(DIRECTORY))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (find(file).length() > 0) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /**
   * Buffers of the server's own, of a connection and of a request, are used again: what is still in
   * them goes with the next requests. Nothing of Trailcast's is waited for.
   */
  private void awaitNothingInTheHeap() throws Exception {
    String found = "";
    for (int i = 0; i < MOST_DUMPS; i++) {
      otherRequests();
      Path dump = dumps.resolve("heap" + i + ".hprof");
      assertThat(server.get("test/heap/dump?file=" + dump).body()).isEqualTo(dump.toString());
      found = find(dump);
      Files.delete(dump);
      if (found.isEmpty()) {
        return;
      }
    }
    assertThat(found).isEmpty();
  }

  private void otherRequests() throws Exception {
    String line = "{\"type\":\"filler\",\"data\":\"" + "x".repeat(3_000) + "\"}\n";
    for (int i = 0; i < OTHER_REQUESTS; i++) {
      String body = line.repeat(i % 30 == 0 ? 100 : 1);
      server.post("api/activities", "application/x-ndjson", body);
      server.get("api/activities?type=filler&limit=" + (i % 30 == 0 ? 300 : 10));
      server.raw("DELETE api/activities?actor=" + "z".repeat(40), "\r\n");
    }
  }

  /** What stands around the name, where a file has it; empty if nowhere. */
  private String find(Path file) throws IOException {
    StringBuilder found = new StringBuilder();
    try (InputStream in = Files.newInputStream(file)) {
      String before = "";
      for (byte[] block = in.readNBytes(1 << 20);
          block.length > 0;
          block = in.readNBytes(1 << 20)) {
        String text = before + new String(block, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(name); at >= 0 && found.length() < 4_000; ) {
          found
              .append(text, Math.max(0, at - 100), Math.min(text.length(), at + 100))
              .append("\n---\n");
          at = text.indexOf(name, at + 200);
        }
        before = text.substring(Math.max(0, text.length() - name.length()));
      }
    }
    return found.toString();
  }
}
