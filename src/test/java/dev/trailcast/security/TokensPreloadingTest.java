package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.RemovableArchive;
import dev.trailcast.container.Preloader;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The first token may come when no class can be loaded any more. */
class TokensPreloadingTest {
  private static final TestIssuer ISSUER = new TestIssuer("k1");
  private static final String TOKEN = ISSUER.sign(TestIssuer.claims("alice"));

  @Test
  void letsATokenComeForTheFirstTimeAfterwards() throws Exception {
    assertThat(nameAfterRemoval(true)).isEqualTo("alice");
  }

  @Test
  void isNeededForThat() {
    assertThatThrownBy(() -> nameAfterRemoval(false)).isInstanceOf(NoClassDefFoundError.class);
  }

  private static String nameAfterRemoval(boolean preloaded) throws Exception {
    try (RemovableArchive archive = new RemovableArchive()) {
      @SuppressWarnings("unchecked") // it is the one below
      UnaryOperator<String> verifier =
          (UnaryOperator<String>)
              archive
                  .loadClass(Verifier.class.getName())
                  .getConstructor(String.class, boolean.class)
                  .newInstance(TestIssuer.jwks(ISSUER), preloaded);
      archive.remove();
      return verifier.apply(TOKEN);
    }
  }

  /** Tells of a token whose it is. */
  public static final class Verifier implements UnaryOperator<String> {
    private final Tokens tokens;

    public Verifier(String keys, boolean preloaded) {
      tokens =
          TestIssuer.tokens(
              TestIssuer.settings(
                  TestIssuer.NAME, "https://issuer.example/keys", TestIssuer.AUDIENCE),
              () -> keys);
      if (preloaded) {
        Preloader.load(Tokens.class);
      }
    }

    @Override
    public String apply(String token) {
      return tokens.identity(token).name();
    }
  }
}
