package dev.trailcast.telemetry;

import dev.trailcast.container.ContainerThreads;
import dev.trailcast.http.HostedApplication;
import dev.trailcast.measure.Distribution;
import dev.trailcast.metrics.Catalogue;
import dev.trailcast.metrics.Figure;
import dev.trailcast.metrics.Sample;
import dev.trailcast.metrics.Updates;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Has the figures observed, each with the application it is of: gauges and counts whenever they are
 * collected. OpenTelemetry has no histogram that is observed, so these are given what is new every
 * second.
 */
@ApplicationScoped
public class ObservedFigures {
  private static final Logger LOG = System.getLogger(ObservedFigures.class.getName());

  private static final double NANOS_IN_SECOND = 1e9;

  @Inject private Telemetry telemetry;
  @Inject private Catalogue catalogue;

  private String application; // which is known when they are to be observed

  private final List<AutoCloseable> observed = new ArrayList<>();
  private final Updates updates = new Updates();

  /** For CDI. */
  public ObservedFigures() {}

  /** Of this application. */
  ObservedFigures(String application) {
    this.application = application;
  }

  void observe(@Observes HostedApplication.Served served, ContainerThreads threads) {
    telemetry
        .api()
        .ifPresent(
            api -> {
              application = served.address();
              observe(api.getMeter(Telemetry.SCOPE), catalogue.figures());
              updates.start(threads);
            });
  }

  /** Has them observed by this meter. */
  void observe(Meter meter, List<Figure> all) {
    Map<String, List<Figure>> byName =
        all.stream()
            .collect(Collectors.groupingBy(Figure::name, LinkedHashMap::new, Collectors.toList()));
    byName.values().forEach(figures -> observeOne(meter, figures));
  }

  /** Gives histograms what is new. */
  void update() {
    updates.run();
  }

  /** Those of one name. */
  private void observeOne(Meter meter, List<Figure> figures) {
    Figure first = figures.get(0);
    String name = first.stem().replace('_', '.');
    if (first instanceof Figure.Gauge) {
      observed.add(
          meter
              .gaugeBuilder(name)
              .setUnit(unit(first))
              .setDescription(first.description())
              .buildWithCallback(measured -> tell(figures, measured)));
    } else if (first instanceof Figure.Count) {
      observed.add(
          meter
              .counterBuilder(name)
              .setUnit(unit(first))
              .setDescription(first.description())
              .buildWithCallback(measured -> tell(figures, measured)));
    } else {
      figures.forEach(figure -> give((Figure.Spread) figure, meter, name));
    }
  }

  private void tell(List<Figure> gauges, ObservableDoubleMeasurement measured) {
    for (Figure figure : gauges) {
      double value = ((Figure.Gauge) figure).value().getAsDouble();
      if (!Double.isNaN(value)) { // nothing is known now
        measured.record(value, attributes(figure));
      }
    }
  }

  private void tell(List<Figure> counts, ObservableLongMeasurement measured) {
    for (Figure figure : counts) {
      measured.record(((Figure.Count) figure).value().getAsLong(), attributes(figure));
    }
  }

  private void give(Figure.Spread spread, Meter meter, String name) {
    boolean time = spread.distribution().unit() == Distribution.Unit.TIME;
    double scale = time ? NANOS_IN_SECOND : 1;
    DoubleHistogramBuilder builder =
        meter.histogramBuilder(name).setUnit(unit(spread)).setDescription(spread.description());
    advise(builder, spread.distribution(), scale);
    DoubleHistogram histogram = builder.build();
    Attributes attributes = attributes(spread);
    Sample sample = new Sample(spread.distribution());
    updates.add(() -> sample.forEachNew(value -> histogram.record(value / scale, attributes)));
  }

  private static void advise(
      DoubleHistogramBuilder builder, Distribution distribution, double scale) {
    List<Double> bounds =
        Arrays.stream(distribution.bounds()).mapToObj(bound -> bound / scale).toList();
    try {
      builder.setExplicitBucketBoundariesAdvice(bounds);
    } catch (NoSuchMethodError e) { // before 1.32; who collects them may set others
      LOG.log(Level.DEBUG, "Histograms have the buckets of OpenTelemetry", e);
    }
  }

  private static String unit(Figure figure) {
    return switch (figure.unit()) {
      case SECONDS -> "s";
      case BYTES -> "By";
      case NUMBER -> "1";
    };
  }

  private Attributes attributes(Figure figure) {
    AttributesBuilder attributes = Attributes.builder().put("application", application);
    figure.labels().forEach(attributes::put);
    return attributes.build();
  }

  @PreDestroy
  void end() {
    updates.stop();
    for (AutoCloseable each : observed) {
      try {
        each.close();
      } catch (Exception e) {
        LOG.log(Level.DEBUG, "Somebody else has closed it", e);
      }
    }
  }
}
