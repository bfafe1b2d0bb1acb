package dev.trailcast.it;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A proxy of this machine, configured as delivered, in front of a server. */
public final class Proxy implements AutoCloseable {
  /** Those that a configuration is delivered for. */
  public enum Program {
    NGINX("nginx", "nginx.conf"),
    HAPROXY("haproxy", "haproxy.cfg");

    private final String command;
    private final String config;

    Program(String command, String config) {
      this.command = command;
      this.config = config;
    }

    /** Where it is; empty if it is not installed. */
    public Optional<Path> path() {
      return Machine.program(command);
    }
  }

  private static final int PORT = Platform.port(4);
  private static final String PASSWORD = "trailcast";
  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;
  private final Path log;
  private final KeyStore keys;
  private final Process process;

  /**
   * Starts it.
   *
   * @param directory an empty one
   * @param upstream the port of the server behind it
   * @param change what a test changes in the configuration
   */
  public Proxy(Program program, Path directory, int upstream, UnaryOperator<String> change)
      throws Exception {
    this(program, directory, List.of(upstream), change);
  }

  /**
   * Likewise in front of several nodes.
   *
   * @param upstreams their ports; nginx takes the first alone
   */
  public Proxy(
      Program program, Path directory, List<Integer> upstreams, UnaryOperator<String> change)
      throws Exception {
    this.directory = directory;
    this.log = directory.resolve("log");
    this.keys = newKeys();
    writePem(
        "trailcast.key", "PRIVATE KEY", keys.getKey("proxy", PASSWORD.toCharArray()).getEncoded());
    writePem("trailcast.crt", "CERTIFICATE", keys.getCertificate("proxy").getEncoded());
    Files.writeString(
        directory.resolve("trailcast.pem"),
        Files.readString(directory.resolve("trailcast.crt"))
            + Files.readString(directory.resolve("trailcast.key")));
    String config =
        Files.readAllLines(Path.of(System.getProperty("proxy.config"), program.config)).stream()
            .flatMap(line -> forEach(upstreams, line))
            .collect(Collectors.joining("\n", "", "\n"))
            .replace("localhost:9080", "localhost:" + upstreams.get(0))
            .replace("8443", Integer.toString(PORT))
            .replace("http {", "http {\n" + writablePaths());
    Path file = directory.resolve(program.config);
    Files.writeString(file, change.apply(config));
    process = start(program, program.path().orElseThrow().toString(), file.toString());
    awaitListening();
  }

  /** HAProxy has lines for each server; any other line is one. */
  private static Stream<String> forEach(List<Integer> upstreams, String line) {
    String server = "  server trailcast";
    return line.startsWith(server)
        ? upstreams.stream()
            .map(
                port ->
                    line.replace(server, server + port)
                        .replace("localhost:9080", "localhost:" + port))
        : Stream.of(line);
  }

  /** Where nginx may write that does not run as root. */
  private String writablePaths() {
    StringBuilder paths = new StringBuilder("access_log off;\n");
    for (String what : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      paths.append("%s_temp_path %s/%s;\n".formatted(what, directory, what));
    }
    return paths.toString();
  }

  private Process start(Program program, String path, String config) throws IOException {
    List<String> command =
        switch (program) {
          case NGINX ->
              List.of(
                  path,
                  "-c",
                  config,
                  "-p",
                  directory.toString(),
                  "-e",
                  "stderr",
                  "-g",
                  "daemon off; pid nginx.pid;");
          case HAPROXY -> List.of(path, "-db", "-C", directory.toString(), "-f", config);
        };
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private void awaitListening() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("localhost", PORT));
        return;
      } catch (IOException e) {
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }
    throw new AssertionError("does not listen, but:\n" + Files.readString(log));
  }

  /** The server as it is seen through the proxy, which ends at the same path. */
  public URI uri(String path) {
    return URI.create("https://localhost:" + PORT + path);
  }

  /** Speaks HTTP/2, and trusts this proxy alone. */
  public HttpClient client() throws Exception {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(tls()).build();
  }

  /** A connection to it, for what no client would send. */
  public Socket connect() throws Exception {
    return tls().getSocketFactory().createSocket("localhost", PORT);
  }

  private SSLContext tls() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    Certificate certificate = keys.getCertificate("proxy");
    trusted.setCertificateEntry("proxy", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore newKeys() throws Exception {
    Path file = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "proxy",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new AssertionError("no certificate: " + Files.readString(log));
    }
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  private void writePem(String name, String what, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        directory.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what));
  }

  @Override
  public void close() {
    List<ProcessHandle> workers = process.descendants().toList();
    process.destroy();
    process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    workers.forEach(ProcessHandle::destroyForcibly);
    Processes.kill(process);
  }
}
