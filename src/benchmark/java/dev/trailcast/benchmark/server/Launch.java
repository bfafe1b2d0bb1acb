package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a contender's process is started.
 *
 * @param name of the contender
 * @param port it listens on
 * @param doors where to follow and to publish
 * @param ready a path that answers 200 as soon as it is ready
 */
record Launch(String name, int port, Doors doors, String ready) {
  private static final Duration UNTIL_READY = Duration.ofSeconds(90);
  private static final Duration EACH_TRY = Duration.ofSeconds(2);

  /**
   * Starts it and waits until it is ready; whatever happens, it does not outlive this process.
   *
   * @throws IOException if it ends instead, or is not ready in time
   */
  RunningServer start(ProcessBuilder command, Path log) throws IOException, InterruptedException {
    expectFreePort();
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    RunningServer server = new RunningServer(name, port, doors, process, log);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    try {
      awaitReady(server);
      return server;
    } catch (IOException | InterruptedException e) {
      server.close();
      System.out.println(Files.readString(log));
      throw e;
    }
  }

  /** Else whoever listens there would be taken for the contender. */
  private void expectFreePort() throws IOException {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new IOException("port " + port + " is taken", e);
    }
  }

  private void awaitReady(RunningServer server) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + UNTIL_READY.toNanos();
    HttpClient client = HttpClient.newBuilder().connectTimeout(EACH_TRY).build();
    URI uri = URI.create("http://localhost:" + port + ready);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(EACH_TRY).build();
    while (!isReady(client, request)) {
      server.checkRunning(); // waits a little, too
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("it was not ready within " + UNTIL_READY.toSeconds() + " s");
      }
    }
    server.processes(); // notes those that it has started by now
  }

  private static boolean isReady(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet, or not answer
    }
  }
}
