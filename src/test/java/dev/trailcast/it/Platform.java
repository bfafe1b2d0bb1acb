package dev.trailcast.it;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The servers that Trailcast is delivered for: how one is made, with the WAR, and started. */
public enum Platform {
  LIBERTY {
    private final Path home = Path.of(System.getProperty("liberty.home"));

    @Override
    void configure(String name, int port) throws IOException {
      Path directory = home.resolve("usr/servers").resolve(name);
      delete(directory); // no archive, journal or log of an earlier run
      configure(directory);
      Path overrides = directory.resolve("configDropins/overrides");
      delete(overrides.resolveSibling("defaults")); // the application: Arquillian brings it
      Files.createDirectories(overrides);
      Files.writeString(
          overrides.resolve("integration-test.xml"),
          Files.readString(Path.of("src/test/liberty/integration-test.xml"))
              .replace("${it.http.port}", Integer.toString(port))
              .replace("${it.h2}", jarOf(org.h2.Driver.class).toString()));
    }

    private void configure(Path directory) throws IOException {
      copy(config(), directory);
      Path options = directory.resolve("jvm.options");
      List<String> all = new ArrayList<>(Files.readAllLines(options));
      all.addAll(JVM_ARGUMENTS); // a line each
      Files.write(options, all);
    }

    @Override
    Path install(String name, int port) throws IOException {
      Path directory = home.resolve("usr/servers").resolve(name);
      configure(directory);
      Files.createDirectories(directory.resolve("apps"));
      copyWar(war(directory));
      return directory;
    }

    @Override
    Path war(Path directory) {
      return directory.resolve("apps/trailcast.war");
    }

    @Override
    void addDatabase(Path directory, TestDatabase database) throws IOException {
      Path overrides = Files.createDirectories(directory.resolve("configDropins/overrides"));
      Files.writeString(
          overrides.resolve("database.xml"),
          """
          <server>
            <featureManager>
              <feature>jdbc-4.3</feature>
              <feature>persistence-3.1</feature>
            </featureManager>
            <library id="driver">
              <file name="%1$s"/>
            </library>
            <dataSource id="shop" jndiName="jdbc/shop" type="%2$s">
              <jdbcDriver libraryRef="driver" %2$s="%3$s"/>
              <properties URL="%4$s" user="sa" password="sa"/>
            </dataSource>
          </server>
          """
              .formatted(
                  jarOf(database.dataSource()),
                  database.type(),
                  database.dataSource().getName(),
                  database.url()));
    }

    @Override
    void addTelemetry(Path directory) throws IOException {
      Path overrides = Files.createDirectories(directory.resolve("configDropins/overrides"));
      Files.writeString(
          overrides.resolve("telemetry.xml"),
          "<server><featureManager><feature>mpTelemetry-2.0</feature></featureManager></server>");
      edit(
          directory.resolve("configDropins/defaults/application.xml"),
          "contextRoot=\"/\"/>",
          "contextRoot=\"/\"><classloader apiTypeVisibility=\"+third-party\"/></webApplication>");
    }

    @Override
    void removeMetrics(Path directory) throws IOException {
      Path server = directory.resolve("server.xml");
      edit(server, "<feature>mpMetrics-5.1</feature>", "");
      edit(server, "<mpMetrics authentication=\"false\"/>", "");
    }

    private static void edit(Path file, String old, String changed) throws IOException {
      String text = Files.readString(file);
      if (!text.contains(old)) {
        throw new IllegalStateException(file + " does not have " + old);
      }
      Files.writeString(file, text.replace(old, changed));
    }

    @Override
    List<String> command(Path directory, int port) {
      return List.of(
          home.resolve("bin/server").toString(), "run", directory.getFileName().toString());
    }

    @Override
    public String saysWhenUp() {
      return "CWWKF0011I";
    }
  },

  PAYARA {
    private static final String BOOTED = "booted.asadmin";
    private static final String DRIVER = "driver.jar";

    private final Path micro = Path.of(System.getProperty("payara.micro"));

    @Override
    void configure(String name, int port) {} // Arquillian's options do, in arquillian.xml

    @Override
    Path install(String name, int port) throws IOException {
      Path directory = micro.resolveSibling("servers").resolve(name);
      delete(directory); // it keeps what was deployed, and deploys it anew when it starts again
      Files.createDirectories(directory);
      copyWar(war(directory));
      return directory;
    }

    @Override
    Path war(Path directory) {
      return directory.resolve("trailcast.war");
    }

    @Override
    void addDatabase(Path directory, TestDatabase database) throws IOException {
      Files.writeString(
          directory.resolve(BOOTED),
          """
          create-jdbc-connection-pool --datasourceclassname=%s --restype=%s \
          --property=user=sa:password=sa:URL=%s shop
          create-jdbc-resource --connectionpoolid=shop jdbc/shop
          """
              .formatted(
                  database.dataSource().getName(),
                  database.type(),
                  database.url().replaceAll("[:;=]", "\\\\$0")));
      Files.copy(jarOf(database.dataSource()), directory.resolve(DRIVER));
    }

    @Override
    List<String> command(Path directory, int port) {
      List<String> command = new ArrayList<>(command(directory));
      command.addAll(List.of("--port", Integer.toString(port)));
      if (Files.exists(directory.resolve(BOOTED))) {
        command.addAll(List.of("--postbootcommandfile", directory.resolve(BOOTED).toString()));
        command.addAll(List.of("--addlibs", directory.resolve(DRIVER).toString()));
      }
      return command;
    }

    private List<String> command(Path directory) {
      List<String> command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED"));
      command.addAll(JVM_ARGUMENTS);
      command.addAll(
          List.of(
              "-jar",
              micro.toString(),
              "--nocluster",
              "--rootdir",
              directory.resolve("root").toString(),
              "--prebootcommandfile",
              config().resolve("trailcast.asadmin").toString(),
              "--contextroot",
              "/",
              "--deploy",
              war(directory).toString()));
      return command;
    }

    @Override
    public String saysWhenUp() {
      return "Payara Micro URLs";
    }
  },

  PAYARA_SERVER {
    private static final String PORTS = "ports.asadmin";
    private static final String DEPLOYMENT = "deployment.asadmin";

    private final Path home = Path.of(System.getProperty("payara.server"));
    private final Path domains = home.resolve("glassfish/domains");

    /** Configures a domain that Arquillian starts, and keeps a copy for all that are made later. */
    @Override
    void configure(String name, int port) throws Exception {
      Path domain = domains.resolve("trailcast");
      delete(domain);
      copy(domains.resolve("domain1"), domain); // which stays as it came
      Path xml = domain.resolve("config/domain.xml");
      String server = "<config name=\"server-config\">";
      // JMS has a port that no command changes before the first start, where another may have it.
      Files.writeString(
          xml, Files.readString(xml).replace(server, server + "<jms-service type=\"DISABLED\"/>"));
      Path commands = domain.resolve("trailcast.asadmin");
      Files.writeString(
          commands,
          Files.readString(config().resolve("trailcast.asadmin"))
              + Files.readString(Path.of("src/test/payara/integration-test.asadmin"))
                  .replace("${it.http.port}", Integer.toString(port))
                  .replace("${it.admin.port}", System.getProperty("it.admin.port")));
      Path booted = domain.resolve("booted.asadmin");
      Path tests = Path.of("src/test/payara");
      Files.writeString(
          booted,
          Files.readString(tests.resolve("booted.asadmin"))
              .replace(tests.toString(), tests.toAbsolutePath().toString()));
      asadmin(
          "start-domain",
          "--prebootcommandfile",
          commands.toString(),
          "--postbootcommandfile",
          booted.toString(),
          "trailcast");
      asadmin("stop-domain", "trailcast");
      delete(domains.resolve(name));
      copy(domain, domains.resolve(name));
    }

    private void asadmin(String... arguments) throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(asadminCommand(arguments)).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    }

    private List<String> asadminCommand(String... arguments) {
      List<String> command = new ArrayList<>(List.of(java(), "-jar"));
      command.add(home.resolve("glassfish/lib/client/appserver-cli.jar").toString());
      command.addAll(List.of(arguments));
      return command;
    }

    @Override
    Path install(String name, int port) throws IOException {
      Path directory = domains.resolve(name);
      delete(directory);
      copy(domains.resolve("trailcast"), directory);
      Path war = directory.resolve("trailcast.war");
      copyWar(war);
      Files.write(
          directory.resolve(PORTS),
          List.of(setPort("http-listener-1", port), setPort("admin-listener", port + 2)));
      Files.writeString(directory.resolve(DEPLOYMENT), "deploy --contextroot / " + war);
      return directory;
    }

    private String setPort(String listener, int port) {
      return "set configs.config.server-config.network-config.network-listeners.network-listener.%s.port=%d"
          .formatted(listener, port);
    }

    @Override
    List<String> command(Path directory, int port) {
      return asadminCommand(
          "start-domain",
          "--verbose",
          "--prebootcommandfile",
          directory.resolve(PORTS).toString(),
          "--postbootcommandfile",
          directory.resolve(DEPLOYMENT).toString(), // refused another time: it is there
          directory.getFileName().toString());
    }

    @Override
    public String saysWhenUp() {
      return "Boot Command deploy ";
    }
  };

  /** How a server's JVM works. Arquillian's Payara Micro is told by arquillian.xml. */
  private static final List<String> JVM_ARGUMENTS =
      List.of(System.getProperty("it.jvm.args").split(" "));

  /** The one that these tests run on. */
  public static Platform current() {
    return valueOf(
        System.getProperty("arquillian.launch").toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * A port of this fork of the tests.
   *
   * @param number 0 is that of the server that Arquillian starts; from 1 to 9 are what others
   *     listen at
   */
  public static int port(int number) {
    return Integer.getInteger("it.http.port") + number;
  }

  /** Whether tests can deploy several archives to one server, and EARs: not on Payara Micro. */
  public static boolean takesMoreThanAWar() {
    return current() == LIBERTY;
  }

  /** Whether a server has what is configured, and nothing else. */
  public static boolean hasFeatures() {
    return current() == LIBERTY;
  }

  /** Makes the server of this name that Arquillian starts, anew and without an application. */
  abstract void configure(String name, int port) throws Exception;

  /**
   * Makes a server of this name, anew or over one that is stopped, and returns its directory.
   *
   * @param port Payara Server's own; the others learn it when they start
   */
  abstract Path install(String name, int port) throws IOException;

  /** Where a server has the application. */
  Path war(Path directory) {
    throw new UnsupportedOperationException("no test has another one there");
  }

  /** Has a server know a database as {@code jdbc/shop}. */
  void addDatabase(Path directory, TestDatabase database) throws IOException {
    throw new UnsupportedOperationException("no test has one there");
  }

  /** Has a server bring MicroProfile Telemetry, and the application see it: Payara always does. */
  void addTelemetry(Path directory) throws IOException {}

  /** Has a server bring no MicroProfile Metrics. */
  void removeMetrics(Path directory) throws IOException {
    throw new UnsupportedOperationException("it has no features");
  }

  /** What runs it in the foreground; Open Liberty takes the port from the environment. */
  abstract List<String> command(Path directory, int port);

  /** What stands in its log when all has been started that can be. */
  public abstract String saysWhenUp();

  /**
   * How many ports it is administered at, on this machine alone: by {@code server stop}, asadmin.
   */
  public int administrationPorts() {
    return this == PAYARA ? 0 : 1;
  }

  /** What {@code server-config} has for it. */
  private static Path config() {
    return Path.of(System.getProperty("server.config"));
  }

  /** The archive that a class on the tests' own path is in. */
  private static Path jarOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void copyWar(Path to) throws IOException {
    Files.copy(TestJournal.current().war().toPath(), to, StandardCopyOption.REPLACE_EXISTING);
  }
}
