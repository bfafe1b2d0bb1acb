package dev.trailcast.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void takesWhatTheSpecificationShows() {
    assertThat(TraceContext.of(PARENT, "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7"))
        .hasValue(new TraceContext(PARENT, "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more"
      })
  void takesNothingThatIsMalformed(String parent) {
    assertThat(TraceContext.of(parent, "a=b")).isEmpty();
  }

  @Test
  void takesOfALaterVersionWhatItKnows() {
    assertThat(TraceContext.of("cc" + PARENT.substring(2) + "-what-comes", null))
        .hasValue(new TraceContext(PARENT, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "novalue", "A=b", "a=b\u0000", "a=b=c", "a=\u00e9"})
  void leavesOutAStateThatIsMalformed(String state) {
    assertThat(TraceContext.of(PARENT, state)).hasValue(new TraceContext(PARENT, null));
  }

  @Test
  void keepsNoWhiteSpaceBetweenMembers() {
    assertThat(TraceContext.of(PARENT, "\ta=b \t, c=d ").orElseThrow().tracestate())
        .isEqualTo("a=b,c=d");
  }

  @Test
  void leavesOutAStateThatIsTooLong() {
    String longest = "a=" + "b".repeat(254) + ",c=" + "d".repeat(253);
    assertThat(TraceContext.of(PARENT, longest).orElseThrow().tracestate()).isEqualTo(longest);

    assertThat(TraceContext.of(PARENT, longest + "d").orElseThrow().tracestate()).isNull();
    String many = String.join(",", Collections.nCopies(33, "a=b"));
    assertThat(TraceContext.of(PARENT, many).orElseThrow().tracestate()).isNull();
  }

  @Test
  void isAnAttributeOfWhatHasNone() {
    TraceContext trace = new TraceContext(PARENT, "a=b");
    Activity activity = Activity.of("alice", "page.viewed");

    Activity traced = trace.addTo(activity);
    assertThat(traced.extensions()).containsEntry("traceparent", PARENT);
    assertThat(traced.extensions()).containsEntry("tracestate", "a=b");
    assertThat(TraceContext.of(traced)).hasValue(trace);

    Activity others = activity.withExtension("traceparent", "of its own");
    assertThat(trace.addTo(others)).isSameAs(others);
    assertThat(TraceContext.of(others)).isEmpty();
  }
}
