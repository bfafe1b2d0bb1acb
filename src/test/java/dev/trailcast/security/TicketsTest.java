package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trailcast.http.Query;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private static final Caller ALICE = TestCallers.of("10.0.0.1", "alice");

  private final AtomicLong clock = new AtomicLong();
  private final Tickets tickets = new Tickets(clock::get);

  @Test
  void letsInWhoeverItWasMadeFor() {
    String ticket = tickets.issue(ALICE, errand("type=page.*&last=20"));

    assertThat(tickets.redeem(ticket, errand("last=20&type=page.*"))).isEqualTo(ALICE);
  }

  @Test
  void isGoodOnce() {
    String ticket = tickets.issue(ALICE, errand(null));
    tickets.redeem(ticket, errand(null));

    assertThat(status(() -> tickets.redeem(ticket, errand(null)))).isEqualTo(401);
  }

  @Test
  void isGoodForItsTime() {
    String ticket = tickets.issue(ALICE, errand(null));
    clock.addAndGet(Duration.ofSeconds(29).toNanos());
    String second = tickets.issue(ALICE, errand(null));
    assertThat(tickets.redeem(ticket, errand(null))).isEqualTo(ALICE);

    clock.addAndGet(Duration.ofSeconds(30).toNanos());
    assertThat(status(() -> tickets.redeem(second, errand(null)))).isEqualTo(401);
  }

  @Test
  void isNotGoodAnyMoreWhenAllAreForgotten() {
    String ticket = tickets.issue(ALICE, errand(null));

    tickets.forget();

    assertThat(status(() -> tickets.redeem(ticket, errand(null)))).isEqualTo(401);
  }

  @Test
  void isGoodForItsRequestAloneAndUsedUpByAnother() {
    for (String other : new String[] {"type=order.*", "type=page.*&type=order.*", null}) {
      String ticket = tickets.issue(ALICE, errand("type=page.*"));
      assertThat(status(() -> tickets.redeem(ticket, errand(other)))).isEqualTo(401);
      assertThat(status(() -> tickets.redeem(ticket, errand("type=page.*")))).isEqualTo(401);
    }
    String ticket = tickets.issue(ALICE, errand(null));
    Tickets.Errand elsewhere = new Tickets.Errand("/api/stats", Query.asked(null));
    assertThat(status(() -> tickets.redeem(ticket, elsewhere))).isEqualTo(401);
  }

  @Test
  void isGoodWhereverTheReaderHasBeen() {
    String ticket = tickets.issue(ALICE, errand("type=a"));

    assertThat(tickets.redeem(ticket, errand("type=a&lastEventId=e-7&_=12&ticket=" + ticket)))
        .isEqualTo(ALICE);
  }

  @Test
  void isNeverTheSame() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < Tickets.MOST_OF_ONE; i++) {
      String ticket = tickets.issue(ALICE, errand(null));
      assertThat(ticket).matches("[A-Za-z0-9_-]{43}"); // 256 bits
      seen.add(ticket);
    }
    assertThat(seen).hasSize(Tickets.MOST_OF_ONE);
  }

  @Test
  void isRefusedToWhoeverHasTooManyAndNobodyElse() {
    for (int i = 0; i < Tickets.MOST_OF_ONE; i++) {
      tickets.issue(ALICE, errand(null));
    }
    assertThat(status(() -> tickets.issue(ALICE, errand(null)))).isEqualTo(503);
    tickets.issue(TestCallers.of("10.0.0.1", "bob"), errand(null));
    tickets.issue(TestCallers.of("10.0.0.1", null), errand(null));

    clock.addAndGet(Tickets.LIFE.toNanos());
    tickets.issue(ALICE, errand(null));
  }

  @Test
  void isRefusedWhereThereAreTooManyInAll() {
    for (int i = 0; i < Tickets.MOST; i++) {
      tickets.issue(TestCallers.of("10.0.0." + i / Tickets.MOST_OF_ONE, null), errand(null));
    }
    assertThat(status(() -> tickets.issue(ALICE, errand(null)))).isEqualTo(503);
  }

  private static Tickets.Errand errand(String query) {
    return new Tickets.Errand("/api/events", Query.asked(query));
  }

  private static int status(ThrowingCallable asking) {
    return catchThrowableOfType(WebApplicationException.class, asking).getResponse().getStatus();
  }
}
