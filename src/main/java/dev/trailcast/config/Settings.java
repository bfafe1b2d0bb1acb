package dev.trailcast.config;

import dev.trailcast.ingest.IngestSettings;
import dev.trailcast.journal.embedded.EmbeddedSettings;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.stream.StreamSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What is configured, checked, for each package to inject its own. */
@ApplicationScoped
public class Settings {
  /** A reader to whom nothing matches is told its position with a heartbeat, so often at least. */
  private static final int HEARTBEATS_WITHIN_RETENTION = 10;

  @Produces @Singleton private final EmbeddedSettings journal;
  @Produces @Singleton private final IngestSettings ingest;
  @Produces @Singleton private final StreamSettings stream;

  /** Reads the application's configuration. */
  public Settings() {
    this(ConfigProvider.getConfig());
  }

  /**
   * @throws BadSettingException naming the key, the value and what is allowed
   */
  Settings(Config config) {
    journal = journal(config);
    ingest = ingest(config);
    stream = stream(config);
    if (stream
            .wire()
            .heartbeat()
            .multipliedBy(HEARTBEATS_WITHIN_RETENTION)
            .compareTo(journal.retention().age())
        > 0) {
      throw new BadSettingException(
          "trailcast.stream.heartbeat must be a tenth of trailcast.journal.retention.age ("
              + journal.retention().age()
              + ") at most, not '"
              + stream.wire().heartbeat()
              + "'",
          null);
    }
  }

  private static EmbeddedSettings journal(Config config) {
    Section kept = new Section(config, "trailcast.journal.retention.");
    Retention retention =
        kept.record(
            () -> new Retention(kept.duration("age"), kept.number("count"), kept.number("bytes")));
    Section section = new Section(config, "trailcast.journal.");
    return section.record(
        () ->
            new EmbeddedSettings(
                section.value("directory", Path::of, "a path"),
                retention,
                section.count("queueActivities"),
                section.number("queueBytes")));
  }

  private static IngestSettings ingest(Config config) {
    Section section = new Section(config, "trailcast.ingest.");
    return section.record(
        () ->
            new IngestSettings(
                section.count("maxActivityBytes"),
                section.count("maxDepth"),
                section.count("maxBodyBytes"),
                section.count("maxBodyActivities"),
                section.duration("ackTimeout")));
  }

  private static StreamSettings stream(Config config) {
    Section letGo = new Section(config, "trailcast.stream.drain.");
    Section most = new Section(config, "trailcast.stream.readers.");
    Section tail = new Section(config, "trailcast.stream.tail.");
    Section threads = new Section(config, "trailcast.stream.threads.");
    Section section = new Section(config, "trailcast.stream.");
    StreamSettings.Drain drain =
        letGo.record(
            () -> new StreamSettings.Drain(letGo.duration("timeout"), letGo.duration("retry")));
    StreamSettings.ReaderLimits readers =
        most.record(
            () ->
                new StreamSettings.ReaderLimits(
                    most.count("max"), most.count("maxPerAddress"), most.count("maxPerUser")));
    StreamSettings.TailSize size =
        tail.record(() -> new StreamSettings.TailSize(tail.count("entries"), tail.number("bytes")));
    StreamSettings.PumpCount pumps =
        threads.record(
            () -> new StreamSettings.PumpCount(threads.count("pumps"), threads.count("stalled")));
    StreamSettings.Wire wire =
        section.record(
            () ->
                new StreamSettings.Wire(
                    section.duration("heartbeat"),
                    section.duration("retry"),
                    section.flag("gzip")));
    return section.record(() -> new StreamSettings(wire, drain, readers, size, pumps));
  }
}
