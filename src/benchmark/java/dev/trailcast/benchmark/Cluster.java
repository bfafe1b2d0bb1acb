package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Load;
import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.load.Run;
import dev.trailcast.benchmark.server.Broker;
import dev.trailcast.benchmark.server.RunningServer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One order over several nodes: what a delivery costs the node that makes it, how late it is where
 * another node has taken the event, and how many events a second become durable.
 */
final class Cluster implements Scenario {
  private static final String EMBEDDED = "embedded";
  private static final String ONE = "Kafka, one node";
  private static final String SECOND = "Kafka, the second of two nodes, published to the first";
  private static final String THIRD = "Kafka, the third of three nodes, published to the first";
  private static final String UNPACED = ", as fast as it goes";
  private static final String LINES = ", NDJSON, nobody reads";

  @Override
  public String name() {
    return "cluster";
  }

  @Override
  public String title() {
    return "everything goes to everybody on one of several nodes; Apache Kafka gives the order";
  }

  @Override
  public Set<Metric> columns() {
    Set<Metric> columns = EnumSet.copyOf(Scenario.super.columns());
    columns.add(Metric.EVENTS_PER_SECOND);
    columns.add(Metric.SERVER_MICROS_PER_EVENT);
    return columns;
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Publishing paced = stage.unpaced().paced(stage.pace().paced());
    Readership everybody = Readership.of(stage.size().readers());
    RunningServer embedded = stage.trailcast();
    stage.measure(
        List.of(
            side(EMBEDDED, embedded, embedded, everybody, paced),
            side(EMBEDDED + UNPACED, embedded, embedded, everybody, paced.paced(0)),
            pouring(EMBEDDED + LINES, embedded, stage.unpaced())));
    embedded.close();
    Broker broker = stage.broker();
    RunningServer first = node(1, broker, stage);
    stage.measure(
        List.of(
            side(ONE, first, first, everybody, paced),
            side(ONE + UNPACED, first, first, everybody, paced.paced(0)),
            pouring(ONE + LINES, first, stage.unpaced())));
    RunningServer second = node(2, broker, stage);
    stage.measure(
        List.of(
            side(SECOND, first, second, everybody, paced),
            side(SECOND + UNPACED, first, second, everybody, paced.paced(0)),
            new Side(
                SECOND + LINES,
                second,
                time -> Ingest.ingest(first, second, stage.unpaced(), time))));
    RunningServer third = node(3, broker, stage);
    Table table = stage.measure(List.of(side(THIRD, first, third, everybody, paced)));
    return new Result(
        this,
        table,
        List.of(
            Bar.atMost(
                1.5,
                "times the CPU for a delivery that one node alone takes, on the second",
                table.ratio(SECOND, EMBEDDED, Metric.SERVER_MICROS_PER_DELIVERY)),
            Bar.atMost(
                1.5,
                "times the same on the third",
                table.ratio(THIRD, EMBEDDED, Metric.SERVER_MICROS_PER_DELIVERY)),
            Bar.atMost(
                1.5,
                "times the same as fast as it goes, on the second",
                table.ratio(
                    SECOND + UNPACED, EMBEDDED + UNPACED, Metric.SERVER_MICROS_PER_DELIVERY)),
            Bar.flawless(table, ONE),
            Bar.flawless(table, SECOND),
            Bar.flawless(table, THIRD)),
        stage.notes());
  }

  private static RunningServer node(int number, Broker broker, Stage stage) throws Exception {
    return stage.start(stage.contenders().node(number, broker)).orElseThrow();
  }

  /** What is measured is the one that is followed. */
  private static Side side(
      String name,
      RunningServer publishedTo,
      RunningServer followed,
      Readership readership,
      Publishing publishing) {
    return new Side(
        name,
        followed,
        trial(publishedTo, followed, readership, publishing.paced(0)),
        trial(publishedTo, followed, readership, publishing));
  }

  private static Side.Trial trial(
      RunningServer publishedTo,
      RunningServer followed,
      Readership readership,
      Publishing publishing) {
    return time ->
        Numbers.of(
            new Run(publishedTo, followed, new Load(readership, publishing.lasting(time))).live());
  }

  private static Side pouring(String name, RunningServer server, Publishing publishing) {
    return new Side(name, server, time -> Ingest.ingest(server, publishing, time));
  }
}
