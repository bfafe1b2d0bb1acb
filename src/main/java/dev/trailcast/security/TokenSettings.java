package dev.trailcast.security;

import dev.trailcast.settings.SettingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * Which tokens are taken: JSON Web Tokens that their issuer has signed.
 *
 * @param issuer whose; empty if none are taken
 * @param audience whom they must be for; empty if that is not looked at
 * @param keys the issuer's public keys, PEM or JWKS: a file, or an address; empty if no tokens are
 *     taken
 * @param algorithms by which they may be signed
 * @param clockSkew how far its clock and ours may differ
 * @param nameClaims which claims may have the user's name; the first that is there counts
 * @param groupsClaim which claim has the user's roles; with dots it is inside of others
 */
public record TokenSettings(
    String issuer,
    String audience,
    String keys,
    List<String> algorithms,
    Duration clockSkew,
    List<String> nameClaims,
    String groupsClaim) {
  /** By public keys, all of them: with none and with a shared secret anybody could sign. */
  private static final Set<String> POSSIBLE =
      new TreeSet<>(
          List.of(
              AlgorithmIdentifiers.RSA_USING_SHA256,
              AlgorithmIdentifiers.RSA_USING_SHA384,
              AlgorithmIdentifiers.RSA_USING_SHA512,
              AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
              AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
              AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
              AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
              AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
              AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512));

  private static final Duration MOST_SKEW = Duration.ofMinutes(5);

  /**
   * @throws SettingException naming what is not allowed, and what is
   */
  public TokenSettings {
    algorithms = List.copyOf(algorithms);
    nameClaims = List.copyOf(nameClaims);
    if (algorithms.isEmpty() || !POSSIBLE.containsAll(algorithms)) {
      throw new SettingException(
          "algorithms", "some of " + String.join(", ", POSSIBLE), String.join(",", algorithms));
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
      throw new SettingException("clockSkew", "between PT0S and " + MOST_SKEW, clockSkew);
    }
    if (nameClaims.isEmpty()) {
      throw new SettingException("nameClaims", "one claim at least", "");
    }
    if (keys.isEmpty() != issuer.isEmpty()) {
      throw new SettingException(
          issuer.isEmpty() ? "issuer" : "keys",
          "set where the other of issuer and keys is: both, or neither",
          "");
    }
    checkFile(keys);
  }

  private static void checkFile(String keys) {
    KeySource source = new KeySource(keys);
    if (!keys.isEmpty() && !source.isRemote()) {
      try {
        PublishedKeys.parse(source.read());
      } catch (IOException | JoseException | IllegalArgumentException e) {
        throw new SettingException(
            "keys",
            "the address of a JWKS, or a file that has public keys or certificates as PEM, or a"
                + " JWKS ("
                + e
                + ")",
            keys);
      }
    }
  }

  /** Whether any are taken. */
  boolean areTaken() {
    return !keys.isEmpty();
  }
}
