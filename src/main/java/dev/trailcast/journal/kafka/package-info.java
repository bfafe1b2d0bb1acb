/**
 * The journal of any number of nodes, whose order is that of a topic of Apache Kafka.
 *
 * <pre>
 *   EncodedActivity ─► RecordWriter ─► a record of the topic ─► RecordReader ─► EncodedActivity
 *                       └ Origin: which node has written it        └ whoever has written it
 * </pre>
 *
 * <p>The client of Kafka may be missing: nobody loads these classes but who has chosen this
 * journal.
 */
package dev.trailcast.journal.kafka;
