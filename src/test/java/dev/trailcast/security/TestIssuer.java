package dev.trailcast.security;

import dev.trailcast.it.Website;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Whoever signs tokens for a test, with a key of its own. */
public final class TestIssuer {
  public static final String NAME = "https://issuer.example";
  public static final String AUDIENCE = "trailcast";

  static final TokenSettings NO_TOKENS = settings("", "", "");

  private final RsaJsonWebKey key;

  /**
   * @param keyId null where its keys have no names
   */
  public TestIssuer(String keyId) {
    try {
      key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(keyId);
    } catch (JoseException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  static TokenSettings settings(String issuer, String keys, String audience) {
    return new TokenSettings(
        issuer,
        audience,
        keys,
        List.of("RS256", "ES256", "PS256"),
        Duration.ofSeconds(30),
        List.of("upn", "preferred_username", "sub"),
        "groups");
  }

  /** Takes no tokens at all. */
  static Tokens none() {
    return tokens(
        NO_TOKENS,
        () -> {
          throw new IOException("nobody has any");
        });
  }

  /** Takes this issuer's, for {@link #AUDIENCE}. */
  Tokens tokens() {
    return tokens(settings(NAME, "https://issuer.example/keys", AUDIENCE), () -> jwks(this));
  }

  static Tokens tokens(TokenSettings settings, PublishedKeys.Source source) {
    return new Tokens(settings, new PublishedKeys(source, System::nanoTime));
  }

  /** The public keys of these, as a JWKS. */
  public static String jwks(TestIssuer... issuers) {
    JsonWebKeySet set = new JsonWebKeySet();
    for (TestIssuer issuer : issuers) {
      set.addJsonWebKey(issuer.key);
    }
    return set.toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  /**
   * Settings by which the tokens of issuers are taken whose keys are there, and these.
   *
   * @param keys a site that has them
   */
  public static String[] takenBy(Website keys, String... settings) {
    Stream<String> tokens =
        Stream.of(
            "trailcast.security.issuer", NAME,
            "trailcast.security.audience", AUDIENCE,
            "trailcast.security.keys", keys.localhost() + "/keys");
    return Stream.concat(tokens, Stream.of(settings)).toArray(String[]::new);
  }

  PublicKey publicKey() {
    return key.getPublicKey();
  }

  /** The public key as PEM. */
  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(publicKey().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** Claims that are all as they should be, of a user in these groups. */
  public static JwtClaims claims(String user, String... groups) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(NAME);
    claims.setAudience(AUDIENCE);
    claims.setClaim("upn", user);
    claims.setStringListClaim("groups", groups);
    claims.setExpirationTime(in(Duration.ofMinutes(10)));
    return claims;
  }

  /** A moment from now. */
  public static NumericDate in(Duration time) {
    return NumericDate.fromSeconds(Instant.now().plus(time).getEpochSecond());
  }

  /** Signs them. */
  public String sign(JwtClaims claims) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue("RS256");
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setKey(key.getPrivateKey());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of whom nobody has signed anything. */
  public static String unsigned(JwtClaims claims) {
    return base64("{\"alg\":\"none\"}") + '.' + base64(claims.toJson()) + '.';
  }

  /** With the public key, which everybody has, as if it were a secret that is shared. */
  public String signedWithThePublicKey(JwtClaims claims) throws Exception {
    String signed = base64("{\"alg\":\"HS256\"}") + '.' + base64(claims.toJson());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(pem().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    return signed + '.' + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * Tokens that are signed and all the same not good, and one that is none, by what is said of
   * them.
   */
  public Map<String, String> badTokens() throws Exception {
    Map<String, String> bad = new LinkedHashMap<>();
    JwtClaims expired = claims("alice");
    expired.setExpirationTime(in(Duration.ofMinutes(-10)));
    bad.put("it has expired", sign(expired));
    JwtClaims endless = claims("alice");
    endless.unsetClaim("exp");
    bad.put("it does not say when it expires", sign(endless));
    JwtClaims foreign = claims("alice");
    foreign.setIssuer("https://other.example");
    bad.put("it is another issuer's", sign(foreign));
    JwtClaims forOthers = claims("alice");
    forOthers.setAudience("another");
    bad.put("it is for somebody else", sign(forOthers));
    JwtClaims forNobody = claims("alice");
    forNobody.unsetClaim("aud");
    bad.put("it does not say for whom it is", sign(forNobody));
    JwtClaims early = claims("alice");
    early.setNotBefore(in(Duration.ofMinutes(10)));
    bad.put("it is not valid yet", sign(early));
    JwtClaims nameless = claims("alice");
    nameless.unsetClaim("upn");
    bad.put("it names no user", sign(nameless));
    JwtClaims unreadable = claims("alice");
    unreadable.setClaim("trailcast", Map.of("publish", List.of("typ=a")));
    bad.put("typ is no parameter here; did you mean type?", sign(unreadable));
    JwtClaims mistaken = claims("alice");
    mistaken.setClaim("trailcast", List.of("publish"));
    bad.put("must be an object with lists of filters", sign(mistaken));
    bad.put("it is no JSON Web Token that can be read", "garbage");
    return bad;
  }

  /** What is signed by nobody, or by somebody else. */
  public Map<String, String> forgedTokens() throws Exception {
    String good = sign(claims("alice"));
    return Map.of(
        "another's key",
        new TestIssuer(key.getKeyId()).sign(claims("alice")),
        "a key that nobody knows",
        new TestIssuer("unknown").sign(claims("alice")),
        "other claims",
        good.split("\\.")[0] + '.' + base64(claims("root").toJson()) + '.' + good.split("\\.")[2],
        "no signature",
        unsigned(claims("alice")),
        "the public key as a secret",
        signedWithThePublicKey(claims("alice")));
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
