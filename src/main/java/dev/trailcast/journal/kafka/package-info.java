/**
 * The journal of any number of nodes, whose order is that of a topic of Apache Kafka. Each node has
 * a copy of it, from which it serves its readers.
 *
 * <pre>
 *   append ─► queue.AppendQueue ─► Publisher: a thread ─► RecordWriter ─► the topic, one partition
 *                  ▲                   └─► InFlight: what has not come back      │
 *                  │ the door                  ▲ receipts                        ▼
 *                  └───────────────────── Copier: a thread ◄─ TopicReader ◄── its records,
 *                                              │    ▲      RecordReader   whoever has written them
 *        Announcements ◄─ writer.Reach ◄─── Copy    └─ Watch: a thread: does its leader live,
 *     store.SqliteReader ◄────┘      store.EntryStore     is it still the same topic
 * </pre>
 *
 * {@link dev.trailcast.journal.kafka.KafkaJournal} puts it together.
 *
 * <p><b>Order of things.</b> A record is durable in the topic, then copied, then the head covers
 * it, then it is announced, then whoever has sent it is answered. Offsets are Kafka's and one; they
 * have holes where a record is no activity, or one that has been there before. What an erasure
 * tells of goes before the erasure itself is copied.
 *
 * <p><b>Where the topic is not what it was</b> (made anew, cut short after a leader was lost, ahead
 * of a node that was away for too long) the copy is made anew, and whoever reads is told of a gap
 * where there is one.
 *
 * <p>The client of Kafka may be missing: nobody loads these classes but who has chosen this
 * journal.
 */
package dev.trailcast.journal.kafka;
