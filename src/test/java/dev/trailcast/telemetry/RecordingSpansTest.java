package dev.trailcast.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.TraceContext;
import dev.trailcast.ingest.Door;
import dev.trailcast.journal.JournalFullException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingSpansTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final TraceContext CALLER =
      new TraceContext("00-" + TRACE + "-" + PARENT + "-01", null);

  private final List<SpanData> ended = new CopyOnWriteArrayList<>();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(collector())).build();
  private final Tracer tracer = provider.get("test");
  private final RecordingSpans spans = new RecordingSpans(tracer);

  private SpanExporter collector() {
    return new SpanExporter() {
      @Override
      public CompletableResultCode export(Collection<SpanData> more) {
        ended.addAll(more);
        return CompletableResultCode.ofSuccess();
      }

      @Override
      public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
      }

      @Override
      public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
      }
    };
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void isAChildOfTheSpanThatTheCallerSays() {
    spans.begin(Door.LINES, 3, Optional.of(CALLER)).end(null);

    SpanData span = ended.get(0);
    assertThat(span.getName()).isEqualTo("trailcast record");
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getParentSpanId()).isEqualTo(PARENT);
    assertThat(span.getAttributes().get(AttributeKey.stringKey("trailcast.door")))
        .isEqualTo("lines");
    assertThat(span.getAttributes().get(AttributeKey.longKey("trailcast.activities"))).isEqualTo(3);
  }

  @Test
  void isAChildOfTheSpanThatItsThreadIsIn() {
    Span request = tracer.spanBuilder("request").startSpan();
    Context.current()
        .with(request)
        .wrap(() -> spans.begin(Door.HTTP, 1, Optional.of(CALLER)).end(null))
        .run();

    assertThat(ended.get(0).getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
  }

  @Test
  void tellsOfWhichTraceItsThreadIs() {
    assertThat(spans.current()).isEmpty();

    Span request = tracer.spanBuilder("request").startSpan();
    SpanContext context = request.getSpanContext();
    Context.current()
        .with(request)
        .wrap(
            () -> {
              assertThat(spans.current())
                  .hasValue(
                      new TraceContext(
                          "00-"
                              + context.getTraceId()
                              + "-"
                              + context.getSpanId()
                              + "-"
                              + context.getTraceFlags().asHex(),
                          null));
            })
        .run();
  }

  @Test
  void saysWhyNothingWasRecorded() {
    spans.begin(Door.BEANS, 1, Optional.empty()).end(new JournalFullException("full"));

    assertThat(ended.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(ended.get(0).getEvents()).hasSize(1);
  }
}
