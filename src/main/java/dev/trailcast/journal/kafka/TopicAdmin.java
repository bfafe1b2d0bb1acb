package dev.trailcast.journal.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers about the topic. For any number of threads. */
final class TopicAdmin implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(1);
  private static final String LOG_APPEND_TIME = "LogAppendTime";
  private static final int FEW_REPLICAS = 3;

  private final KafkaSettings settings;
  private final Admin admin;
  private final TopicPartition partition;

  TopicAdmin(KafkaSettings settings, String clientId) {
    this.settings = settings;
    this.admin = Admin.create(ClientProperties.admin(settings, clientId));
    this.partition = new TopicPartition(settings.topic(), 0);
  }

  /**
   * How the topic is. Its leader is asked, too, so that it is known to live.
   *
   * @param patience how long to wait for each answer
   * @throws TopicUnfitException if there is none, or not one of one partition
   */
  Topic describe(Duration patience)
      throws TopicUnfitException, InterruptedException, ExecutionException, TimeoutException {
    KafkaFuture<TopicDescription> description =
        admin.describeTopics(List.of(settings.topic())).topicNameValues().get(settings.topic());
    var start = admin.listOffsets(Map.of(partition, OffsetSpec.earliest()));
    var end =
        admin.listOffsets(
            Map.of(partition, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)); // as far as it can be read
    TopicDescription found;
    try {
      found = await(description, patience);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new TopicUnfitException(
            "there is no topic " + settings.topic() + " in Kafka; create it, see docs/cluster.md");
      }
      throw e;
    }
    if (found.partitions().size() != 1) {
      throw new TopicUnfitException(
          "the topic %s has %d partitions: its order would be none; a journal needs a topic of one"
              .formatted(settings.topic(), found.partitions().size()));
    }
    return new Topic(
        found.topicId(),
        await(start.partitionResult(partition), patience).offset(),
        await(end.partitionResult(partition), patience).offset());
  }

  /**
   * Makes sure that what is set for the topic is fit for a journal.
   *
   * @return what an operator should know; may be empty
   * @throws TopicUnfitException if it is not
   */
  String check(Duration patience)
      throws TopicUnfitException, InterruptedException, ExecutionException, TimeoutException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
    Config config =
        await(admin.describeConfigs(List.of(resource)).values().get(resource), patience);
    refuseUnless(
        !value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains("compact"),
        "cleanup.policy=delete, or entries would vanish from the middle of the history");
    refuseUnless(
        value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals(LOG_APPEND_TIME),
        "message.timestamp.type=LogAppendTime, or whoever writes would say when it was recorded");
    int replicas =
        await(
                admin
                    .describeTopics(List.of(settings.topic()))
                    .topicNameValues()
                    .get(settings.topic()),
                patience)
            .partitions()
            .get(0)
            .replicas()
            .size();
    String inSync = value(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
    String unclean = value(config, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG);
    return replicas >= FEW_REPLICAS && !inSync.equals("1") && !unclean.equals("true")
        ? ""
        : ("what is recorded may be lost with a broker: the topic has %d replicas,"
                + " min.insync.replicas=%s and unclean.leader.election.enable=%s"
                + " (3, 2 and false would be safe)")
            .formatted(replicas, inSync, unclean);
  }

  /** Makes the topic, unless there is one. */
  void create(Duration patience) throws InterruptedException, ExecutionException, TimeoutException {
    NewTopic topic =
        new NewTopic(settings.topic(), java.util.Optional.of(1), java.util.Optional.empty())
            .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, LOG_APPEND_TIME));
    try {
      await(admin.createTopics(List.of(topic)).all(), patience);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) { // another node was faster
        throw e;
      }
    }
  }

  private void refuseUnless(boolean fit, String needed) throws TopicUnfitException {
    if (!fit) {
      throw new TopicUnfitException("the topic " + settings.topic() + " needs " + needed);
    }
  }

  private static String value(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null || entry.value() == null ? "" : entry.value();
  }

  private static <T> T await(KafkaFuture<T> answer, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw new TimeoutException(e.getCause().getMessage()); // the client was faster: the same
      }
      throw e;
    }
  }

  @Override
  public void close() {
    admin.close(CLOSING);
  }
}
