package dev.trailcast.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trailcast.activity.Activity;
import dev.trailcast.security.KeyHolders.KeyHolder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHoldersTest {
  private static final String KEY = "0123456789abcdef";
  private static final HttpServletRequest REQUEST = TestRequest.NOBODYS.toServlet();

  private final KeyHolders holders =
      TestCallers.holding("key:web?type=page.*", "web:" + KEY, "app:another-key-of-ours");

  @Test
  void areNobodyWithTheRightsOfTheKey() {
    KeyHolder holder = holders.holder(KEY, REQUEST);

    assertThat(holder.key()).isEqualTo("web");
    assertThat(holder.caller().name()).isNull();
    assertThat(holder.caller().address()).isEqualTo("10.0.0.1");
    assertThat(holder.caller().reach(Right.PUBLISH).includes(Activity.of("alice", "page.viewed")))
        .isTrue();
    assertThat(holder.caller().reach(Right.PUBLISH).includes(Activity.of("alice", "order.placed")))
        .isFalse();
    assertThat(holder.caller().may(Right.SUBSCRIBE)).isFalse();
  }

  @Test
  void areRefusedWhereTheirKeyIsNoneOrMayNothing() {
    assertThat(refusal(null).getStatus()).isEqualTo(401);
    assertThat(refusal("").getStatus()).isEqualTo(401);
    assertThat(refusal(KEY + "0").getStatus()).isEqualTo(401);
    assertThat(refusal(KEY + "0").getHeaderString("WWW-Authenticate")).startsWith("Bearer");
    assertThat(refusal("another-key-of-ours").getStatus()).isEqualTo(403);
  }

  @Test
  void showTheirKeyAsTheNameOfBasicCredentials() {
    assertThat(KeyHolders.keyIn(authorized("Basic " + encoded(KEY + ":")))).contains(KEY);
    assertThat(KeyHolders.keyIn(authorized("basic  " + encoded(KEY + ":x:y")))).contains(KEY);
    assertThat(KeyHolders.keyIn(authorized("Basic " + encoded(KEY)))).contains(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic ", "Basic !", "Basic Og==", "Basic a b"})
  void showNoKeyWhereTheCredentialsAreBroken(String header) {
    assertThat(KeyHolders.keyIn(authorized(header))).contains("");
  }

  @Test
  void mayShowItElsewhere() {
    assertThat(KeyHolders.keyIn(REQUEST)).isEmpty();
    assertThat(KeyHolders.keyIn(authorized("Bearer " + KEY))).isEmpty();
    assertThat(KeyHolders.keyIn(authorized("Basic"))).isEmpty();
  }

  private Response refusal(String key) {
    return catchThrowableOfType(WebApplicationException.class, () -> holders.holder(key, REQUEST))
        .getResponse();
  }

  private static HttpServletRequest authorized(String header) {
    return TestRequest.authorized(header).toServlet();
  }

  private static String encoded(String credentials) {
    return Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }
}
