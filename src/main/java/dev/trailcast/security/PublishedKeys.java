package dev.trailcast.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The public keys of an issuer, as far as they are known here. They are read again from time to
 * time, and where a token has been signed by another; but no more often than every few seconds,
 * whatever tokens come, and one thread at a time does it. Safe for use by many threads.
 */
final class PublishedKeys implements VerificationKeyResolver {
  private static final System.Logger LOG = System.getLogger(PublishedKeys.class.getName());

  /** After that, one that has been withdrawn is no longer taken. */
  private static final long FRESH_NANOS = Duration.ofMinutes(5).toNanos();

  /** How long they are taken where they can't be read again. */
  private static final long KEPT_NANOS = Duration.ofHours(1).toNanos();

  /** Tokens that nobody has signed must not become as many requests. */
  private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([^-]+)-----END \\1-----");

  /** Where they are read. */
  interface Source {
    String read() throws IOException;
  }

  /** What was read, and when. */
  private record Known(List<JsonWebKey> keys, long read) {}

  private final Source source;
  private final LongSupplier clock;
  private final ReentrantLock reading = new ReentrantLock();

  private volatile Known known; // null before the first time

  // guarded by reading
  private boolean tried;
  private long lastTry;

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  PublishedKeys(Source source, LongSupplier clock) {
    this.source = source;
    this.clock = clock;
  }

  /**
   * @throws KeysUnavailableException if none are known
   * @throws UnresolvableKeyException if it is none of those that are known
   */
  @Override
  public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting)
      throws UnresolvableKeyException {
    Known before = known;
    if (age(before) > FRESH_NANOS && (age(before) > KEPT_NANOS || !reading.isLocked())) {
      readAgain(before);
    }
    Known now = known;
    if (age(now) > KEPT_NANOS) {
      throw new KeysUnavailableException();
    }
    try {
      return key(now, token, nesting);
    } catch (UnresolvableKeyException e) {
      readAgain(now);
      if (known == now) {
        throw e;
      }
      return key(known, token, nesting);
    }
  }

  private static Key key(Known known, JsonWebSignature token, List<JsonWebStructure> nesting)
      throws UnresolvableKeyException {
    List<JsonWebKey> keys = new ArrayList<>();
    for (JsonWebKey key : known.keys()) {
      keys.add(key.getKeyId() == null ? named(key, token.getKeyIdHeaderValue()) : key);
    }
    JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(keys);
    resolver.setDisambiguateWithVerifySignature(true);
    return resolver.resolveKey(token, nesting);
  }

  /** One that has no name, as in a PEM file, may be the one that any token names. */
  private static JsonWebKey named(JsonWebKey key, String keyId) throws UnresolvableKeyException {
    try {
      JsonWebKey named = JsonWebKey.Factory.newJwk(key.getKey());
      named.setKeyId(keyId);
      return named;
    } catch (JoseException e) {
      throw new UnresolvableKeyException("A key can't be used", e);
    }
  }

  private long age(Known known) {
    return known == null ? Long.MAX_VALUE : clock.getAsLong() - known.read();
  }

  /** Unless somebody else has done it since, or has tried just now. */
  private void readAgain(Known seen) {
    reading.lock();
    try {
      long now = clock.getAsLong();
      if (known != seen || (tried && now - lastTry < PAUSE_NANOS)) {
        return;
      }
      tried = true;
      lastTry = now;
      known = new Known(parse(source.read()), now);
    } catch (IOException | JoseException | IllegalArgumentException e) {
      lastTry = clock.getAsLong(); // it may have been long in failing
      LOG.log(Level.WARNING, "TRAIL0502W: The keys of the tokens' issuer can't be read: " + e);
    } finally {
      reading.unlock();
    }
  }

  /**
   * Reads PEM or a JWKS.
   *
   * @throws IllegalArgumentException if there is no key in it
   */
  static List<JsonWebKey> parse(String text) throws JoseException {
    List<JsonWebKey> keys =
        text.strip().startsWith("{") ? new JsonWebKeySet(text).getJsonWebKeys() : pem(text);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no public key in it");
    }
    return keys;
  }

  private static List<JsonWebKey> pem(String text) throws JoseException {
    List<JsonWebKey> keys = new ArrayList<>();
    Matcher each = PEM.matcher(text);
    while (each.find()) {
      byte[] encoded = Base64.getMimeDecoder().decode(each.group(2));
      keys.add(
          JsonWebKey.Factory.newJwk(
              each.group(1).equals("CERTIFICATE") ? certified(encoded) : publicKey(encoded)));
    }
    return keys;
  }

  private static PublicKey certified(byte[] certificate) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(certificate))
          .getPublicKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a certificate can't be read: " + e.getMessage(), e);
    }
  }

  private static PublicKey publicKey(byte[] encoded) {
    for (String algorithm : List.of("RSA", "EC")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        LOG.log(Level.DEBUG, "Not a key of {0}: {1}", algorithm, e.getMessage());
      }
    }
    throw new IllegalArgumentException("a public key in it is neither of RSA nor of EC");
  }
}
