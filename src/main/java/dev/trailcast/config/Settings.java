package dev.trailcast.config;

import dev.trailcast.canary.CanarySettings;
import dev.trailcast.health.HealthSettings;
import dev.trailcast.http.gate.AllowedHosts;
import dev.trailcast.http.gate.AllowedOrigins;
import dev.trailcast.http.gate.Doors;
import dev.trailcast.http.gate.WebHooks;
import dev.trailcast.ingest.IngestSettings;
import dev.trailcast.ingest.TracingSettings;
import dev.trailcast.ingest.outbox.OutboxSettings;
import dev.trailcast.journal.BackupSettings;
import dev.trailcast.journal.JournalKind;
import dev.trailcast.journal.kafka.ContentMode;
import dev.trailcast.journal.kafka.KafkaSettings;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import dev.trailcast.security.Access;
import dev.trailcast.security.SecuritySettings;
import dev.trailcast.security.TokenSettings;
import dev.trailcast.security.WriteKeys;
import dev.trailcast.stream.delivery.DeliverySettings;
import dev.trailcast.stream.follow.FollowSettings;
import dev.trailcast.stream.pump.PumpCount;
import dev.trailcast.stream.search.SearchLimits;
import dev.trailcast.stream.trail.TailSize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What is configured, checked, for each package to inject its own. */
@ApplicationScoped
public class Settings {
  /** A reader to whom nothing matches is told its position with a heartbeat, so often at least. */
  private static final int HEARTBEATS_WITHIN_RETENTION = 10;

  private static final String HTTP = "trailcast.http.";

  @Produces @Singleton private final SecuritySettings security;
  @Produces @Singleton private final WriteKeys writeKeys;
  @Produces @Singleton private final AllowedOrigins origins;
  @Produces @Singleton private final AllowedHosts hosts;
  @Produces @Singleton private final Doors doors;
  @Produces @Singleton private final JournalKind journalKind;
  @Produces @Singleton private final JournalSettings journal;
  @Produces @Singleton private final BackupSettings backup;
  @Produces @Singleton private final KafkaSettings kafka;
  @Produces @Singleton private final IngestSettings ingest;
  @Produces @Singleton private final OutboxSettings outbox;
  @Produces @Singleton private final WebHooks webHooks;
  @Produces @Singleton private final DeliverySettings delivery;
  @Produces @Singleton private final TailSize tail;
  @Produces @Singleton private final SearchLimits search;
  @Produces @Singleton private final PumpCount pumps;
  @Produces @Singleton private final FollowSettings follow;
  @Produces @Singleton private final CanarySettings canary;
  @Produces @Singleton private final HealthSettings health;
  @Produces @Singleton private final TracingSettings tracing;

  /** Reads the application's configuration. */
  public Settings() {
    this(new Keys(configuration(), System.getenv().keySet()));
  }

  /**
   * As this class sees it. In an EAR, the thread that starts an application may see no more than
   * the EAR, and so neither our defaults nor what the WAR sets.
   */
  static Config configuration() {
    return ConfigProvider.getConfig(Settings.class.getClassLoader());
  }

  /**
   * @throws BadSettingException naming the key, the value and what is allowed; or a key that there
   *     is not, and which was probably meant
   */
  Settings(Keys keys) {
    security = security(keys);
    writeKeys = writeKeys(keys);
    origins = origins(keys);
    hosts = hosts(keys, security.access());
    doors = doors(keys, writeKeys);
    journalKind = keys.under("trailcast.").choice("journal", JournalKind.class);
    journal = journal(keys);
    backup = backup(keys);
    kafka = kafka(keys, journalKind == JournalKind.KAFKA);
    ingest = ingest(keys);
    outbox = outbox(keys);
    webHooks = new WebHooks(origins, ingest.rate().activities());
    delivery = delivery(keys);
    tail = tail(keys);
    search = search(keys);
    pumps = pumps(keys);
    follow = follow(keys);
    canary = canary(keys);
    health = health(keys);
    tracing = tracing(keys);
    keys.refuseUnknown();
    if (delivery
            .wire()
            .heartbeat()
            .multipliedBy(HEARTBEATS_WITHIN_RETENTION)
            .compareTo(journal.retention().age())
        > 0) {
      throw new BadSettingException(
          "trailcast.stream.heartbeat",
          "a tenth of trailcast.journal.retention.age (" + journal.retention().age() + ") at most",
          delivery.wire().heartbeat().toString(),
          null);
    }
    checkKeys(security.access(), writeKeys);
    checkBackups(backup, journal);
  }

  /** What lies in the journal's directory is the journal's, and is lost with it. */
  private static void checkBackups(BackupSettings backup, JournalSettings journal) {
    Path ours = journal.directory().toAbsolutePath().normalize();
    if (backup
        .directory()
        .map(path -> path.toAbsolutePath().normalize())
        .equals(Optional.of(ours))) {
      throw new BadSettingException(
          "trailcast.backup.directory",
          "another directory than trailcast.journal.directory",
          backup.directory().get().toString(),
          null);
    }
  }

  /** Who may do what, as configured now. */
  static Access access(Keys keys) {
    Section granted = keys.under("trailcast.access.");
    return granted.record(
        () ->
            Access.parse(
                granted.text("publish"), granted.text("subscribe"), granted.text("administer")));
  }

  /**
   * @throws BadSettingException if something is granted to a write key that there is not
   */
  static void checkKeys(Access access, WriteKeys writeKeys) {
    Set<String> unknown = new TreeSet<>(access.keys());
    unknown.removeAll(writeKeys.names());
    if (!unknown.isEmpty()) {
      throw new BadSettingException(
          "trailcast.access.publish names key:%s, which is none of trailcast.segment.write-keys"
              .formatted(String.join(", key:", unknown)));
    }
  }

  private static SecuritySettings security(Keys keys) {
    Access access = access(keys);
    Section section = keys.under("trailcast.security.");
    TokenSettings tokens =
        section.record(
            () ->
                new TokenSettings(
                    section.text("issuer"),
                    section.text("audience"),
                    section.text("keys"),
                    section.list("algorithms"),
                    section.duration("clockSkew"),
                    section.list("nameClaims"),
                    section.text("groupsClaim")));
    return new SecuritySettings(
        access, tokens, section.text("cookie"), Set.copyOf(section.list("roles")));
  }

  private static WriteKeys writeKeys(Keys keys) {
    Section section = keys.under("trailcast.segment.");
    return section.record(() -> new WriteKeys(section.list("writeKeys")));
  }

  private static AllowedOrigins origins(Keys keys) {
    Section section = keys.under(HTTP);
    return section.record(() -> new AllowedOrigins(section.list("origins")));
  }

  private static AllowedHosts hosts(Keys keys, Access access) {
    Section section = keys.under(HTTP);
    boolean checked = !access.openToAnyone().isEmpty();
    return section.record(() -> new AllowedHosts(section.list("hosts"), checked));
  }

  /** How Kafka is the journal, if it is. */
  KafkaSettings kafka() {
    return kafka;
  }

  /** What is there over HTTP, for code that nothing is injected into. */
  public static Doors doors() {
    Keys keys = new Keys(configuration(), System.getenv().keySet());
    return doors(keys, writeKeys(keys));
  }

  private static Doors doors(Keys keys, WriteKeys writeKeys) {
    Section section = keys.under(HTTP);
    boolean publish = section.flag("publish");
    return new Doors(
        publish,
        publish && !writeKeys.isEmpty(),
        section.flag("pages"),
        section.flag("statistics"),
        section.flag("dashboard"));
  }

  private static JournalSettings journal(Keys keys) {
    Section kept = keys.under("trailcast.journal.retention.");
    Retention retention =
        kept.record(
            () -> new Retention(kept.duration("age"), kept.number("count"), kept.number("bytes")));
    Section section = keys.under("trailcast.journal.");
    return section.record(
        () ->
            new JournalSettings(
                section.value("directory", Path::of, "a path"),
                retention,
                section.count("queueActivities"),
                section.number("queueBytes")));
  }

  private static BackupSettings backup(Keys keys) {
    Section section = keys.under("trailcast.backup.");
    Optional<Path> directory =
        section.text("directory").isEmpty()
            ? Optional.empty()
            : Optional.of(section.value("directory", Path::of, "a path"));
    return section.record(() -> new BackupSettings(directory, section.count("keep")));
  }

  private static KafkaSettings kafka(Keys keys, boolean isChosen) {
    if (isChosen && !KafkaSettings.isClientThere()) {
      throw new BadSettingException(
          "trailcast.journal=kafka needs the client of Kafka, which is not in this application:"
              + " deploy Trailcast's WAR with the classifier kafka, or add"
              + " org.apache.kafka:kafka-clients to your own");
    }
    Section section = keys.under("trailcast.kafka.");
    Set<String> names = isChosen ? KafkaSettings.clientNames() : Set.of();
    KafkaSettings kafka =
        section.record(
            () ->
                new KafkaSettings(
                    section.list("bootstrap"),
                    section.text("topic"),
                    section.flag("createTopic"),
                    section.choice("contentMode", ContentMode.class),
                    section.count("duplicateWindow"),
                    section.passedOn("client", names)));
    return isChosen ? section.record(kafka::checked) : kafka;
  }

  private static IngestSettings ingest(Keys keys) {
    Section each = keys.under("trailcast.ingest.rate.");
    IngestSettings.Rate rate =
        each.record(
            () ->
                new IngestSettings.Rate(
                    each.number("activities"), each.number("bytes"), each.duration("burst")));
    Section section = keys.under("trailcast.ingest.");
    return section.record(
        () ->
            new IngestSettings(
                section.count("maxActivityBytes"),
                section.count("maxDepth"),
                section.count("maxTransactionBytes"),
                section.duration("ackTimeout"),
                new IngestSettings.Bodies(
                    section.count("maxBodyBytes"),
                    section.count("maxBodyActivities"),
                    section.number("maxHeldBytes"),
                    section.count("maxBodiesAtOnce"),
                    section.count("maxLinesAtOnce"),
                    section.duration("bodyTimeout")),
                rate));
  }

  private static OutboxSettings outbox(Keys keys) {
    Section section = keys.under("trailcast.outbox.");
    OutboxSettings outbox =
        section.record(
            () ->
                new OutboxSettings(
                    section.text("datasource"),
                    section.flag("createTable"),
                    section.text("application"),
                    section.duration("relayInterval")));
    if (outbox.isOn()) {
      section.record(outbox::dataSource); // it has to be there
    }
    return outbox;
  }

  private static DeliverySettings delivery(Keys keys) {
    Section letGo = keys.under("trailcast.stream.drain.");
    Section most = keys.under("trailcast.stream.readers.");
    Section section = keys.under("trailcast.stream.");
    DeliverySettings.Drain drain =
        letGo.record(
            () -> new DeliverySettings.Drain(letGo.duration("timeout"), letGo.duration("retry")));
    DeliverySettings.ReaderLimits readers =
        most.record(
            () ->
                new DeliverySettings.ReaderLimits(
                    most.count("max"), most.count("maxPerAddress"), most.count("maxPerUser")));
    DeliverySettings.Wire wire =
        section.record(
            () ->
                new DeliverySettings.Wire(
                    section.duration("heartbeat"),
                    section.duration("retry"),
                    section.flag("gzip"),
                    section.duration("maximumLife")));
    return new DeliverySettings(wire, drain, readers);
  }

  private static TailSize tail(Keys keys) {
    Section section = keys.under("trailcast.stream.tail.");
    return section.record(() -> new TailSize(section.count("entries"), section.number("bytes")));
  }

  private static SearchLimits search(Keys keys) {
    Section section = keys.under("trailcast.stream.search.");
    return section.record(
        () ->
            new SearchLimits(
                section.count("threads"),
                section.count("max"),
                section.count("activities"),
                section.duration("time")));
  }

  private static FollowSettings follow(Keys keys) {
    Section section = keys.under("trailcast.follow.");
    return section.record(
        () ->
            new FollowSettings(
                section.count("max"),
                section.count("tries"),
                section.duration("firstPause"),
                section.duration("longestPause"),
                section.count("maxParked")));
  }

  private static CanarySettings canary(Keys keys) {
    Section section = keys.under("trailcast.canary.");
    return section.record(
        () -> new CanarySettings(section.duration("interval"), section.duration("late")));
  }

  private static HealthSettings health(Keys keys) {
    Section section = keys.under("trailcast.health.");
    return section.record(
        () ->
            new HealthSettings(
                section.choice("limits", HealthSettings.NearLimit.class),
                section.number("freeBytes")));
  }

  /** By a key of the server's: MicroProfile Telemetry switches it off by default, and so. */
  private static TracingSettings tracing(Keys keys) {
    return new TracingSettings(keys.read("otel.sdk.disabled").equalsIgnoreCase("false"));
  }

  private static PumpCount pumps(Keys keys) {
    Section section = keys.under("trailcast.stream.threads.");
    return section.record(() -> new PumpCount(section.count("pumps"), section.count("stalled")));
  }
}
