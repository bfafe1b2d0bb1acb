package dev.trailcast.metrics.microprofile;

import dev.trailcast.container.ContainerThreads;
import dev.trailcast.http.HostedApplication;
import dev.trailcast.measure.Distribution;
import dev.trailcast.metrics.Catalogue;
import dev.trailcast.metrics.Figure;
import dev.trailcast.metrics.Rise;
import dev.trailcast.metrics.Sample;
import dev.trailcast.metrics.Updates;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Registers the figures when the application is reached, each with the application it is of; the
 * server forgets them when it ends. Gauges are read whenever somebody looks. MicroProfile has no
 * counter and no histogram that is read, so these are brought up to date every second.
 */
@ApplicationScoped
public class RegisteredFigures {
  private static final Logger LOG = System.getLogger(RegisteredFigures.class.getName());

  @Inject private Instance<MetricRegistry> registries;
  @Inject private HostedApplication application;
  @Inject private Catalogue catalogue;

  private final Updates updates = new Updates();

  void register(@Observes HostedApplication.Served served, ContainerThreads threads) {
    registry()
        .ifPresent(
            registry -> {
              catalogue.figures().forEach(figure -> register(registry, figure));
              updates.start(threads);
            });
  }

  /** Where metrics are switched off, Payara has the class, and then fails to give one. */
  private Optional<MetricRegistry> registry() {
    try {
      return Optional.of(registries.get());
    } catch (RuntimeException e) {
      LOG.log(Level.INFO, "TRAIL0608I: This server shows no metrics: " + e);
      return Optional.empty();
    }
  }

  private void register(MetricRegistry registry, Figure figure) {
    Tag[] tags = tags(figure);
    if (figure instanceof Figure.Gauge gauge) {
      registry.gauge(metadata(gauge.name(), figure), gauge.value()::getAsDouble, tags);
    } else if (figure instanceof Figure.Count count) {
      Counter counter = registry.counter(metadata(count.name(), figure), tags);
      Rise rise = new Rise(count.value());
      updates.add(() -> counter.inc(rise.next()));
    } else if (figure instanceof Figure.Spread spread) {
      register(registry, spread, tags);
    }
  }

  private void register(MetricRegistry registry, Figure.Spread spread, Tag... tags) {
    Sample sample = new Sample(spread.distribution());
    if (spread.distribution().unit() == Distribution.Unit.TIME) {
      // shown in seconds, which stands behind its name; by Payara only where this unit is told
      Metadata metadata =
          Metadata.builder(metadata(spread.stem(), spread))
              .withUnit(MetricUnits.NANOSECONDS)
              .build();
      Timer timer = registry.timer(metadata, tags);
      updates.add(() -> sample.forEachNew(nanos -> timer.update(Duration.ofNanos(nanos))));
    } else {
      Histogram histogram = registry.histogram(metadata(spread.name(), spread), tags);
      updates.add(() -> sample.forEachNew(histogram::update));
    }
  }

  private Tag[] tags(Figure figure) {
    List<Tag> tags = new ArrayList<>();
    tags.add(new Tag("application", application.address()));
    figure.labels().forEach((name, value) -> tags.add(new Tag(name, value)));
    return tags.toArray(Tag[]::new);
  }

  private static Metadata metadata(String name, Figure figure) {
    return Metadata.builder().withName(name).withDescription(figure.description()).build();
  }

  @PreDestroy
  void end() {
    updates.stop();
  }
}
