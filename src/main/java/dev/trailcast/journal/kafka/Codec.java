package dev.trailcast.journal.kafka;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What records may be compressed with that Kafka's clients leave to a jar of its own. Whoever adds
 * the clients to a WAR may have left it out, which nobody notices before such a record comes.
 */
enum Codec {
  LZ4("net.jpountz.", "at.yawk.lz4:lz4-java"),
  SNAPPY("org.xerial.snappy.", "org.xerial.snappy:snappy-java"),
  ZSTD("com.github.luben.zstd.", "com.github.luben:zstd-jni");

  private final String packages;
  private final String jar;

  Codec(String packages, String jar) {
    this.packages = packages;
    this.jar = jar;
  }

  /** The one that an exception, or what has caused it, says is not there. */
  static Optional<Codec> missing(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof LinkageError) {
        String text = cause.toString().replace('/', '.'); // of a class, in either way
        Optional<Codec> named =
            Arrays.stream(values()).filter(each -> text.contains(each.packages)).findFirst();
        if (named.isPresent()) {
          return named;
        }
      }
    }
    return Optional.empty();
  }

  /** What is wrong, and what to do. */
  String inWords() {
    return "records of the topic are compressed with %s, which can't be used here: put %s into WEB-INF/lib, in the version that kafka-clients asks for"
        .formatted(name().toLowerCase(Locale.ROOT), jar);
  }
}
