package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final Sessions sessions = new Sessions();
  private final List<String> told = new ArrayList<>();

  private Sessions.Member member(String name) {
    return () -> told.add(name);
  }

  @Test
  void tellsThoseWhoStayInASessionThatItHasEnded() {
    sessions.join("s1", "alice", member("first"));
    sessions.join("s1", "alice", member("second"));
    sessions.join("s2", "alice", member("elsewhere"));

    sessions.end("s1");
    sessions.end("s1");

    assertThat(told).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void tellsNobodyWhoHasLeft() {
    Sessions.Member first = member("first");
    sessions.join("s1", "alice", first);
    sessions.join("s1", "alice", member("second"));
    sessions.leave(first);
    sessions.leave(first);

    sessions.end("s1");

    assertThat(told).containsExactly("second");
  }

  @Test
  void knowsASessionByItsNewName() {
    sessions.join("s1", "alice", member("first"));
    sessions.rename("s1", "s2");
    sessions.rename("unknown", "s3");

    sessions.end("s1");
    assertThat(told).isEmpty();
    sessions.end("s2");
    assertThat(told).containsExactly("first");
  }

  @Test
  void tellsThoseWhoStayedAsSomebodyElse() {
    sessions.join("s1", "alice", member("alice"));
    sessions.join("s1", "alice", member("alice, too"));
    sessions.join("s1", "bob", member("bob"));
    assertThat(told).containsExactlyInAnyOrder("alice", "alice, too");

    sessions.join("s1", null, member("nobody")); // bob has logged out
    assertThat(told).hasSize(3).contains("bob");
  }

  @Test
  void tellsAtOnceWhoJoinsASessionThatHasJustEnded() {
    sessions.end("s1");
    sessions.rename("s2", "s3");

    sessions.join("s1", "alice", member("late"));
    sessions.join("s2", "alice", member("by the old name"));
    sessions.join("s3", "alice", member("by the new name"));

    assertThat(told).containsExactly("late", "by the old name");
  }

  @Test
  void knowsThatASessionBeginsWithTheIdOfOneThatHasEnded() {
    sessions.end("s1");
    sessions.begin("s1");

    sessions.join("s1", "alice", member("first"));
    assertThat(told).isEmpty();
    sessions.end("s1");
    assertThat(told).containsExactly("first");
  }

  @Test
  void keepsInMindOnlySoManyThatHaveEnded() {
    for (int i = 0; i <= Sessions.MOST_ENDED; i++) {
      sessions.end("s" + i);
    }

    sessions.join("s0", "alice", member("of the oldest"));
    sessions.join("s1", "alice", member("of the next"));

    assertThat(told).containsExactly("of the next");
  }
}
