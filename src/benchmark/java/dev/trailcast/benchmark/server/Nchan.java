package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx with nchan, as Debian has them: a broadcaster in C, without a journal. */
final class Nchan implements Contender {
  /** Generous buffers, so that it is as fast as it can be and loses nothing. */
  private static final String CONFIGURATION =
      """
      load_module %s;
      daemon off;
      worker_processes auto;
      worker_rlimit_nofile 65536;
      pid nginx.pid;
      error_log error.log;
      events {
        worker_connections 32768;
      }
      http {
        access_log off;
        keepalive_requests 1000000000;
        nchan_shared_memory_size 1g;
        nchan_message_buffer_length 100000;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        server {
          listen 127.0.0.1:%d backlog=4096;
          location = /publish {
            nchan_publisher;
            nchan_channel_id benchmark;
          }
          location = /follow {
            nchan_subscriber eventsource;
            nchan_subscriber_first_message newest;
            nchan_channel_id benchmark;
          }
          location = /ready {
            return 200;
          }
        }
      }
      """;

  private final Installation installation;
  private final Launch launch;

  Nchan(Installation installation, int port) {
    this.installation = installation;
    launch = new Launch(Contenders.NCHAN, port, Doors.plain("/follow", "/publish"), "/ready");
  }

  @Override
  public String name() {
    return launch.name();
  }

  @Override
  public Optional<String> missing() {
    return Installation.program("nginx").isEmpty() || module().isEmpty()
        ? Optional.of("nginx with libnginx-mod-nchan is not installed")
        : Optional.empty();
  }

  @Override
  public RunningServer start() throws IOException, InterruptedException {
    Path directory = installation.emptyDirectory("nchan");
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(
        configuration, CONFIGURATION.formatted(module().orElseThrow(), launch.port()));
    String nginx = Installation.program("nginx").orElseThrow().toString();
    ProcessBuilder command =
        new ProcessBuilder(nginx, "-p", directory.toString(), "-c", configuration.toString());
    return launch.start(command, directory.resolve("console.log"));
  }

  private static Optional<Path> module() {
    return Stream.of("/usr/lib/nginx/modules", "/usr/lib64/nginx/modules")
        .map(directory -> Path.of(directory, "ngx_nchan_module.so"))
        .filter(Files::exists)
        .findFirst();
  }
}
