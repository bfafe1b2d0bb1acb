package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a contender's process is started.
 *
 * @param name of the contender
 * @param port it listens on
 * @param doors where to follow and to publish
 * @param ready a path that answers 200 as soon as it is ready
 */
record Launch(String name, int port, Doors doors, String ready) {
  private static final long PATIENCE_SECONDS = 90;

  /** Starts it and waits until it is ready; whatever happens, it does not outlive this process. */
  RunningServer start(ProcessBuilder command, Path log) throws IOException, InterruptedException {
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RunningServer.end(process)));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      if (isReady()) {
        return new RunningServer(name, port, doors, process, log);
      }
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
    RunningServer.end(process);
    throw new IllegalStateException(name + " did not start:\n" + Files.readString(log));
  }

  private boolean isReady() throws InterruptedException {
    URI uri = URI.create("http://localhost:" + port + ready);
    try {
      return HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  /** Runs a command to its end, and tells what it said. */
  static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed: " + said);
    }
    return said;
  }
}
