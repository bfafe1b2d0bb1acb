package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The Mercure hub, in memory: published to with a token, as it demands, and followed by anybody.
 */
final class Mercure implements Contender {
  /** As long as the key of an HMAC with SHA-256 has to be; it protects nothing here. */
  private static final String KEY = "the-key-that-a-benchmark-shares-with-its-hub";

  /** Nothing is kept, nobody is cut off for taking long, and nothing else is served. */
  private static final String CONFIGURATION =
      """
      {
        admin off
        auto_https off
        persist_config off
        log {
          level ERROR
        }
      }
      http://:%d {
        bind 127.0.0.1
        route {
          mercure {
            transport local
            publisher_jwt %s HS256
            anonymous
            write_timeout 0s
            dispatch_timeout 0s
          }
          respond /ready 200
        }
      }
      """;

  private final Installation installation;
  private final GivenProgram program = new GivenProgram("mercure");
  private final Launch launch;

  Mercure(Installation installation, int port) {
    this.installation = installation;
    Doors doors =
        new Doors(
            "/.well-known/mercure?topic=benchmark",
            "/.well-known/mercure",
            "application/x-www-form-urlencoded",
            List.of("Authorization: Bearer " + token()),
            json -> "topic=benchmark&data=" + URLEncoder.encode(json, StandardCharsets.UTF_8));
    launch = new Launch(Contenders.MERCURE, port, doors, "/ready");
  }

  @Override
  public String name() {
    return launch.name();
  }

  /** An older one would not know how to be told to keep nothing. */
  @Override
  public Optional<String> missing() throws InterruptedException {
    return program.missing("list-modules", "http.handlers.mercure.local");
  }

  @Override
  public RunningServer start() throws IOException, InterruptedException {
    Path directory = installation.emptyDirectory("mercure");
    Path configuration = directory.resolve("Caddyfile");
    Files.writeString(configuration, CONFIGURATION.formatted(launch.port(), KEY));
    ProcessBuilder command =
        new ProcessBuilder(
            program.path().toString(),
            "run",
            "--adapter",
            "caddyfile",
            "--config",
            configuration.toString());
    return launch.start(command.directory(directory.toFile()), directory.resolve("console.log"));
  }

  /** A JSON Web Token (RFC 7519) that allows publishing. */
  private static String token() {
    String content =
        encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII))
            + "."
            + encoded("{\"mercure\":{\"publish\":[\"*\"]}}".getBytes(StandardCharsets.US_ASCII));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.US_ASCII), mac.getAlgorithm()));
      return content + "." + encoded(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
