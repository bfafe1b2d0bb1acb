package dev.trailcast.journal.kafka;

import static dev.trailcast.journal.kafka.TestRecords.POSITION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.it.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As docs/kafka.md has it, by kcat and a real broker, neither of which knows of Trailcast. */
class KcatTest {
  private static final Origin ORIGIN = new Origin("0k3f9topic000", "node-a", 7);
  private static KafkaBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    Machine.mustHave("kcat", Machine.program("kcat").isPresent());
    broker = KafkaBroker.shared();
  }

  private String kcat(String topic, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("kcat", "-b", broker.bootstrapServers(), "-t", topic));
    command.addAll(List.of(arguments));
    Path in = Files.writeString(directory.resolve("in"), input);
    Path out = directory.resolve("out");
    Process kcat =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(kcat.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(kcat.exitValue()).isZero();
    return Files.readString(out);
  }

  private Activity produced(String topic, String value, String... arguments) throws Exception {
    broker.createTopic(topic, Map.of());
    List<String> all = new ArrayList<>(List.of("-P"));
    all.addAll(List.of(arguments));
    kcat(topic, value + "\n", all.toArray(String[]::new));
    ConsumerRecord<byte[], byte[]> record = broker.records(topic).get(0);
    Activity activity = RecordReader.read(record, POSITION, false).activity();
    assertThat(activity.time())
        .isEqualTo(Instant.ofEpochMilli(record.timestamp()).atOffset(ZoneOffset.UTC));
    return activity;
  }

  @Test
  void producesPlainJson() throws Exception {
    Activity activity =
        produced(
            "kcat-plain",
            "{\"type\":\"order.placed\",\"actor\":\"Zoë\",\"data\":{\"total\":42.0}}");

    assertThat(activity.id()).isEqualTo(POSITION.toString());
    assertThat(activity.type()).isEqualTo("order.placed");
    assertThat(activity.actor()).isEqualTo("Zoë");
    assertThat(activity.data()).hasToString("{\"total\":42.0}");
  }

  @Test
  void producesCloudEventsInStructuredMode() throws Exception {
    Activity activity =
        produced(
            "kcat-structured",
            "{\"specversion\":\"1.0\",\"id\":\"17\",\"source\":\"/shop\",\"type\":\"order.placed\","
                + "\"data\":{\"total\":42.0}}",
            "-H",
            "content-type=application/cloudevents+json; charset=UTF-8");

    assertThat(activity.id()).isEqualTo("17");
    assertThat(activity.source()).isEqualTo("/shop");
    assertThat(activity.data()).hasToString("{\"total\":42.0}");
  }

  @Test
  void producesCloudEventsInBinaryMode() throws Exception {
    Activity activity =
        produced(
            "kcat-binary",
            "{\"total\":42.0}",
            "-H",
            "content-type=application/json",
            "-H",
            "ce_specversion=1.0",
            "-H",
            "ce_id=17",
            "-H",
            "ce_source=/shop",
            "-H",
            "ce_type=order.placed",
            "-H",
            "ce_actor=Zoë");

    assertThat(activity.id()).isEqualTo("17");
    assertThat(activity.actor()).isEqualTo("Zoë");
    assertThat(activity.data()).hasToString("{\"total\":42.0}");
  }

  @Test
  void consumesWhatWeWriteInEitherMode() throws Exception {
    String topic = "kcat-consumes";
    broker.createTopic(topic, Map.of());
    EncodedActivity activity =
        EncodedActivity.of(Activity.of("Zoë", "order.placed").withId("17").withJson("{\"n\":1.0}"));
    for (ContentMode mode : ContentMode.values()) {
      broker.append(new RecordWriter(topic, mode).write(activity, ORIGIN));
    }

    List<String> lines = kcat(topic, "", "-C", "-e", "-q", "-f", "%o %s %h\n").lines().toList();

    String json = new String(activity.json(), UTF_8);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .isEqualTo(
            "0 "
                + json
                + " trailcast=0k3f9topic000/node-a/7,"
                + "content-type=application/cloudevents+json; charset=UTF-8");
    assertThat(lines.get(1))
        .startsWith("1 {\"n\":1.0} ")
        .contains(
            "ce_id=17,", "ce_type=order.placed,", "ce_actor=Zoë,", "content-type=application/json");
  }
}
