package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Commands;
import dev.trailcast.it.Commands.Kind;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.it.Machine;
import dev.trailcast.it.Shell;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the docs tell to type beside a topic: it is made, written to and read. */
class KafkaCommandsTest {
  private static final String TOPIC = "typed";
  private static final String TOOL =
      "\"$JAVA_HOME/bin/java\" -cp '%s/*' org.apache.kafka.tools.TopicCommand \"$@\" 2>&1";

  @TempDir private Path directory;

  @Test
  void topicsAreMadeWrittenToAndRead() throws Exception {
    Machine.mustHave("kcat", Machine.program("kcat").isPresent());
    KafkaBroker broker = KafkaBroker.shared();
    Shell shell = new Shell(directory);
    shell.standIn("kafka-topics.sh", TOOL.formatted(Path.of("target/kafka/lib").toAbsolutePath()));
    shell.standIn("kcat", Machine.program("kcat").orElseThrow() + " \"$@\" -q -e");

    List<String> commands = Commands.documented(Kind.KAFKAS);
    assertThat(commands.get(0)).startsWith("kafka-topics.sh");
    String said = "";
    for (String command : commands) {
      said =
          shell.type(
              command
                  .replaceAll("(?:kafka1|localhost):9092", broker.bootstrapServers())
                  .replace("--topic trailcast", "--topic " + TOPIC)
                  .replace("-t trailcast", "-t " + TOPIC)
                  .replace("--replication-factor 3", "--replication-factor 1") // of one broker
                  .replace("min.insync.replicas=2", "min.insync.replicas=1"));
    }

    assertThat(said.lines().map(line -> line.split(" ")[0])).containsExactly("0", "1", "2");
    assertThat(said).contains("ce_type=order.placed");
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
    assertThat(
            broker
                .admin()
                .describeConfigs(List.of(topic))
                .all()
                .get()
                .get(topic)
                .get("message.timestamp.type")
                .value())
        .isEqualTo("LogAppendTime");
  }
}
