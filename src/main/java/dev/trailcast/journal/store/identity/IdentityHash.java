package dev.trailcast.journal.store.identity;

import dev.trailcast.activity.Activity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes ids and sources with a salt: nobody else can tell which have the same. For one thread. */
final class IdentityHash {
  private final byte[] salt;
  private final MessageDigest digest = sha256();

  IdentityHash(byte[] salt) {
    this.salt = salt.clone();
  }

  Identity of(Activity activity) {
    return of(activity.id(), activity.source());
  }

  Identity of(String id, String source) {
    digest.update(salt);
    digest.update(id.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    byte[] hash = digest.digest(source.getBytes(StandardCharsets.UTF_8));
    return new Identity(id, source, ByteBuffer.wrap(hash).getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }
}
