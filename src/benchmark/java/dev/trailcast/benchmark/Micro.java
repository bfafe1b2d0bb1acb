package dev.trailcast.benchmark;

import dev.trailcast.benchmark.micro.AppendBenchmark;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What single steps take, without a server: JMH. */
final class Micro implements Scenario {
  private static final int WARM_UPS = 3;
  private static final int MEASURED = 5;

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String title() {
    return "single steps, without a server";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Options options =
        new OptionsBuilder()
            .include("^" + AppendBenchmark.class.getPackageName().replace(".", "\\.") + "\\.")
            .warmupIterations(WARM_UPS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(MEASURED)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    Table table = stage.table();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      String method =
          benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
      Map<Metric, Double> values = new EnumMap<>(Metric.class);
      values.put(Metric.SCORE, result.getPrimaryResult().getScore());
      values.put(Metric.SCORE_ERROR, result.getPrimaryResult().getScoreError());
      table.add(method, new Numbers(values));
    }
    return new Result(this, table, List.of(), stage.notes());
  }
}
