package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.LogRecorder;
import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.UnresolvableKeyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private static final TestIssuer FIRST = new TestIssuer("1");
  private static final TestIssuer SECOND = new TestIssuer("2");

  private final LogRecorder log = new LogRecorder(PublishedKeys.class);
  private final AtomicLong clock = new AtomicLong();

  private String published = TestIssuer.jwks(FIRST); // null while nobody answers
  private int reads;
  private final PublishedKeys keys =
      new PublishedKeys(
          () -> {
            reads++;
            if (published == null) {
              throw new IOException("nobody answers");
            }
            return published;
          },
          clock::get);

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void areReadOnceForAllWhoComeMeanwhile() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(keyOf(FIRST)).isEqualTo(FIRST.publicKey());
    }
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void areReadAgainForAKeyThatIsNew() throws Exception {
    keyOf(FIRST);
    published = TestIssuer.jwks(FIRST, SECOND);
    pass(Duration.ofSeconds(5));

    assertThat(keyOf(SECOND)).isEqualTo(SECOND.publicKey());
    assertThat(keyOf(FIRST)).isEqualTo(FIRST.publicKey());
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void areNotReadForEveryTokenThatNobodyHasSigned() throws Exception {
    keyOf(FIRST);
    for (int i = 0; i < 1_000; i++) {
      assertThatThrownBy(() -> keyOf(SECOND)).isInstanceOf(UnresolvableKeyException.class);
      pass(Duration.ofMillis(10)); // ten seconds in all
    }
    assertThat(reads).isBetween(2, 3);
  }

  @Test
  void areNotAskedForByEverybodyWhereNobodyAnswers() {
    published = null;
    for (int i = 0; i < 1_000; i++) {
      assertThatThrownBy(() -> keyOf(FIRST)).isInstanceOf(KeysUnavailableException.class);
    }
    assertThat(reads).isEqualTo(1);
    assertThat(log.messages()).singleElement().asString().contains("nobody answers");
  }

  @Test
  void areThereAsSoonAsSomebodyAnswers() throws Exception {
    String later = published;
    published = null;
    assertThatThrownBy(() -> keyOf(FIRST)).isInstanceOf(KeysUnavailableException.class);
    published = later;
    pass(Duration.ofSeconds(5));

    assertThat(keyOf(FIRST)).isEqualTo(FIRST.publicKey());
  }

  @Test
  void areTakenForAWhileWhereTheyCantBeReadAgain() throws Exception {
    keyOf(FIRST);
    published = null;
    pass(Duration.ofMinutes(59));
    assertThat(keyOf(FIRST)).isEqualTo(FIRST.publicKey());

    pass(Duration.ofMinutes(2));
    assertThatThrownBy(() -> keyOf(FIRST)).isInstanceOf(KeysUnavailableException.class);
  }

  @Test
  void areNoLongerTakenWhenTheyHaveBeenWithdrawn() throws Exception {
    keyOf(FIRST);
    published = TestIssuer.jwks(SECOND);
    pass(Duration.ofMinutes(6));

    assertThatThrownBy(() -> keyOf(FIRST)).isInstanceOf(UnresolvableKeyException.class);
  }

  @Test
  void mayBePemAndSeveral() throws Exception {
    published = new TestIssuer(null).pem() + SECOND.pem();

    assertThat(keyOf(SECOND)).isEqualTo(SECOND.publicKey());
  }

  @Test
  void mustBeKeys() {
    for (String none : List.of("", "{\"keys\":[]}", "{}", "hello")) {
      assertThatThrownBy(() -> PublishedKeys.parse(none)).isInstanceOf(Exception.class);
    }
    assertThatThrownBy(
            () ->
                PublishedKeys.parse("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"))
        .hasMessageContaining("neither of RSA nor of EC");
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  /** The key by which a token of this issuer's is verified. */
  private Key keyOf(TestIssuer issuer) throws Exception {
    JsonWebSignature token =
        (JsonWebSignature)
            JsonWebSignature.fromCompactSerialization(issuer.sign(TestIssuer.claims("alice")));
    return keys.resolveKey(token, List.of());
  }
}
