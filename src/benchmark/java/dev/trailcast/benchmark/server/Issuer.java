package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Signs tokens, with a key of its own. Not for several threads at a time. */
public final class Issuer {
  private static final String NAME = "https://issuer.example";
  private static final Duration LIFE = Duration.ofHours(6);
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = encoded("{\"alg\":\"ES256\",\"typ\":\"JWT\"}");

  private final KeyPair keys;
  private final Path publicKey;

  /**
   * @param directory where its public key is to be found
   */
  public Issuer(Path directory) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
    String key = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
    publicKey =
        Files.writeString(
            directory.resolve("issuer.pem"),
            "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
  }

  /** What a server has to know to take its tokens, as variables of its environment. */
  Map<String, String> settings() {
    return Map.of(
        "TRAILCAST_SECURITY_ISSUER", NAME, "TRAILCAST_SECURITY_KEYS", publicKey.toString());
  }

  /** A token of a user who is in two roles. */
  public String token(String user) {
    long expiry = Instant.now().plus(LIFE).getEpochSecond();
    String claims =
        """
        {"iss":"%s","sub":"%s","groups":["staff","support"],"exp":%d}"""
            .formatted(NAME, user, expiry);
    String signed = HEADER + '.' + encoded(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + '.' + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has ES256", e);
    }
  }

  private static String encoded(String json) {
    return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
