package dev.trailcast.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything that is measured. docs/health-and-metrics.md has the same, and a test holds it. */
@ApplicationScoped
public class Catalogue {
  @Inject private StreamMetrics stream;
  @Inject private IngestMetrics ingest;
  @Inject private JournalMetrics journal;
  @Inject private CanaryMetrics canary;

  /**
   * Each figure, those of the same name next to each other. To be asked on a thread of the
   * container.
   */
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>(stream.figures());
    figures.addAll(ingest.figures());
    figures.addAll(journal.figures());
    figures.addAll(canary.figures());
    Build build = Build.THIS;
    figures.add(
        new Figure.Gauge(
            "trailcast_build_info",
            "Which Trailcast this is; always 1",
            Map.of("version", build.version(), "build", build.revision()),
            () -> 1));
    figures.forEach(Catalogue::readOnce);
    return figures;
  }

  /** So that what it needs is made here: who looks later may not have the container's names. */
  private static void readOnce(Figure figure) {
    if (figure instanceof Figure.Gauge gauge) {
      gauge.value().getAsDouble();
    }
  }
}
