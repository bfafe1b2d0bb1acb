package dev.trailcast.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.measure.Distribution;
import dev.trailcast.metrics.Figure;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObservedFiguresTest {
  private final Reader reader = new Reader();
  private final SdkMeterProvider provider =
      SdkMeterProvider.builder().registerMetricReader(reader).build();
  private final ObservedFigures observed = new ObservedFigures("/shop");

  /** Collects when it is told to. */
  private static final class Reader implements MetricReader {
    private CollectionRegistration registration;

    @Override
    public void register(CollectionRegistration given) {
      registration = given;
    }

    Map<String, MetricData> collect() {
      return registration.collectAllMetrics().stream()
          .collect(Collectors.toMap(MetricData::getName, metric -> metric));
    }

    @Override
    public CompletableResultCode forceFlush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return AggregationTemporality.CUMULATIVE;
    }
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private Map<String, MetricData> collect(Figure... figures) {
    observed.observe(provider.get("test"), List.of(figures));
    observed.update();
    return reader.collect();
  }

  @Test
  void observesCountsByWhatTheyAreOf() {
    MetricData metric =
        collect(
                new Figure.Count("trailcast_gone_total", "Gone", Map.of("why", "a"), () -> 3),
                new Figure.Count("trailcast_gone_total", "Gone", Map.of("why", "b"), () -> 4))
            .get("trailcast.gone");

    assertThat(metric.getDescription()).isEqualTo("Gone");
    assertThat(metric.getLongSumData().isMonotonic()).isTrue();
    assertThat(metric.getLongSumData().getPoints())
        .extracting(LongPointData::getValue)
        .containsExactlyInAnyOrder(3L, 4L);
    assertThat(metric.getLongSumData().getPoints())
        .extracting(point -> point.getAttributes().get(AttributeKey.stringKey("application")))
        .containsOnly("/shop");
  }

  @Test
  void observesGaugesInTheirUnit() {
    Map<String, MetricData> metrics =
        collect(
            Figure.gauge("trailcast_lag_seconds", "Lag", () -> 0.5),
            Figure.gauge("trailcast_unknown_bytes", "Not known now", () -> Double.NaN));

    assertThat(metrics.get("trailcast.lag").getUnit()).isEqualTo("s");
    assertThat(metrics.get("trailcast.lag").getDoubleGaugeData().getPoints())
        .singleElement()
        .satisfies(point -> assertThat(point.getValue()).isEqualTo(0.5));
    assertThat(metrics).doesNotContainKey("trailcast.unknown");
  }

  @Test
  void givesHistogramsWhatIsNewInBucketsOfTheirOwn() {
    Distribution waits = Distribution.ofWaits();
    waits.record(Duration.ofMillis(3));
    waits.record(Duration.ofMillis(4));

    MetricData metric =
        collect(Figure.spread("trailcast_wait_seconds", "Wait", waits)).get("trailcast.wait");

    HistogramPointData point = metric.getHistogramData().getPoints().iterator().next();
    assertThat(metric.getUnit()).isEqualTo("s");
    assertThat(point.getBoundaries()).startsWith(0.001, 0.002, 0.005);
    assertThat(point.getCounts()).startsWith(0L, 0L, 2L);
    assertThat(point.getSum()).isBetween(0.0069, 0.0071);
  }
}
