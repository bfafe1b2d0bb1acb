package dev.trailcast.journal.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the journal alone decides about Kafka's clients, for its promises hang on it; and why. */
final class Decided {
  /** By Kafka's names. */
  static final Map<String, String> REASONS = new HashMap<>();

  static {
    because(
        "each promise is given of the topic that it names itself (trailcast.kafka.bootstrap)",
        "bootstrap.servers",
        "bootstrap.controllers");
    because("each client in a server must have a name of its own", "client.id");
    because(
        "records are bytes, of which it reads activities",
        "key.serializer",
        "value.serializer",
        "key.deserializer",
        "value.deserializer");
    because(
        "what is acknowledged must be durable, in one order, and once",
        "acks",
        "enable.idempotence",
        "max.in.flight.requests.per.connection",
        "retries",
        "transactional.id",
        "transaction.timeout.ms",
        "transaction.two.phase.commit.enable");
    because(
        "each node reads the whole topic, in no group, from where its own copy ends",
        "group.id",
        "group.instance.id",
        "group.protocol",
        "group.remote.assignor",
        "partition.assignment.strategy",
        "session.timeout.ms",
        "heartbeat.interval.ms",
        "max.poll.interval.ms",
        "enable.auto.commit",
        "auto.commit.interval.ms",
        "share.acknowledgement.mode",
        "share.acquire.mode");
    because(
        "nothing may be skipped, or read that is taken back",
        "auto.offset.reset",
        "isolation.level");
    because("trailcast.kafka.create-topic says that", "allow.auto.create.topics");
    because(
        "publishers are told in time where the brokers are away",
        "max.block.ms",
        "delivery.timeout.ms",
        "request.timeout.ms",
        "default.api.timeout.ms");
  }

  private Decided() {}

  private static void because(String reason, String... names) {
    List.of(names).forEach(name -> REASONS.put(name, reason));
  }
}
