/** An Apache Kafka, as a process of its own: to test with, and to try several nodes. */
package dev.trailcast.cluster;
