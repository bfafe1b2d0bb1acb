package dev.trailcast.telemetry;

import dev.trailcast.activity.TraceContext;
import dev.trailcast.ingest.Door;
import dev.trailcast.ingest.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A span for what is handed to the journal at once, until it is durable: a child of the span that
 * its thread is in, else of the one that the activities say. There is none for a delivery.
 */
final class RecordingSpans implements Tracing {
  private static final String NAME = "trailcast record";
  private static final String VERSION = "00-";

  private final Tracer tracer;

  /** By this tracer. */
  RecordingSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public Optional<TraceContext> current() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? TraceContext.of(
            VERSION + span.getTraceId() + "-" + span.getSpanId() + "-" + flags(span), state(span))
        : Optional.empty();
  }

  private static String flags(SpanContext span) {
    return span.getTraceFlags().asHex();
  }

  private static String state(SpanContext span) {
    return span.getTraceState().asMap().entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(","));
  }

  @Override
  public Recording begin(Door door, int activities, Optional<TraceContext> trace) {
    Context here = Context.current();
    Context parent =
        Span.fromContext(here).getSpanContext().isValid()
            ? here
            : trace.map(of -> here.with(Span.wrap(remote(of)))).orElse(here);
    Span span =
        tracer
            .spanBuilder(NAME)
            .setParent(parent)
            .setAttribute("trailcast.door", door.toString())
            .setAttribute("trailcast.activities", activities)
            .startSpan();
    return failure -> {
      if (failure != null) {
        span.recordException(failure);
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    };
  }

  /** The caller's span; what tracing systems have added to it is of no use here. */
  private static SpanContext remote(TraceContext trace) {
    String[] parts = trace.traceparent().split("-");
    return SpanContext.createFromRemoteParent(
        parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault());
  }
}
