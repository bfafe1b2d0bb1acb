package dev.trailcast.benchmark;

import dev.trailcast.benchmark.server.Contenders;
import java.util.List;

/**
 * The same by the fastest door that each has for single events: for what runs in a Java server a
 * bean there, for the others a request.
 */
final class FanOutBean implements Scenario {
  @Override
  public String name() {
    return "fan-out-bean";
  }

  @Override
  public String title() {
    return "the same, where a bean in the server fires";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Table table = FanOut.measure(stage.contenders().byTheirFastestDoors(), stage);
    return new Result(
        this,
        table,
        List.of(
            FanOut.atLeast(
                40, "the server's own broadcaster, fired alike", table, Contenders.BROADCASTER),
            FanOut.atLeast(10, "nchan", table, Contenders.NCHAN),
            FanOut.atLeast(15, "Centrifugo", table, Contenders.CENTRIFUGO),
            FanOut.atLeast(30, "Mercure", table, Contenders.MERCURE),
            Bar.nearTheLimit(table),
            Bar.small(table),
            Bar.flawless(table, Contenders.TRAILCAST)),
        stage.notes());
  }
}
