package dev.trailcast.metrics;

import dev.trailcast.journal.Gap;
import dev.trailcast.stream.delivery.Asked;
import dev.trailcast.stream.delivery.Deliveries;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.Visits;
import dev.trailcast.stream.follow.Followers;
import dev.trailcast.stream.follow.FollowingStatus;
import dev.trailcast.stream.pages.LongPolls;
import dev.trailcast.stream.wire.CloseReason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** How activities go out: readers, what they are given, and the threads that write to them. */
@ApplicationScoped
public class StreamMetrics {
  @Inject private Readers readers;
  @Inject private LongPolls polls;
  @Inject private Followers followers;

  /** Each of them. */
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(visits());
    figures.addAll(deliveries());
    figures.addAll(pumps());
    figures.addAll(followers());
    return figures;
  }

  private List<Figure> visits() {
    Visits visits = readers.visits();
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.gauge("trailcast_readers", "Streams that are open", readers::streams));
    figures.add(
        Figure.gauge(
            "trailcast_readers_filled_ratio",
            "How many streams are open of those that may be, of 1",
            readers::filling));
    figures.addAll(
        Figure.countBy(
            "trailcast_streams_opened_total",
            "Streams that have begun, by where their readers came in",
            "door",
            Asked.Door.class,
            visits.opened()::of));
    figures.addAll(
        Figure.countBy(
            "trailcast_streams_ended_total",
            "Streams that have ended, by why",
            "reason",
            CloseReason.class,
            visits.ended()::of));
    figures.addAll(
        Figure.countBy(
            "trailcast_streams_refused_total",
            "Readers that were turned away, by why",
            "reason",
            CloseReason.class,
            visits.refused()::of));
    figures.add(
        Figure.spread(
            "trailcast_stream_stay_seconds",
            "How long streams were open that have ended",
            visits.stay()));
    figures.add(
        Figure.spread(
            "trailcast_stream_opening_seconds",
            "From the request for a stream to its first byte: the connection latency",
            visits.opening()));
    figures.add(
        Figure.count(
            "trailcast_streams_resumed_total",
            "Streams of readers that came back",
            visits.resumed()::sum));
    figures.add(
        Figure.spread(
            "trailcast_resumed_behind_activities",
            "How many places of the journal lay before readers that came back",
            visits.resumedBehind()));
    figures.add(
        Figure.spread(
            "trailcast_reconnection_seconds",
            "From the request of a reader that came back to when it had all that there was",
            visits.reconnection()));
    figures.add(
        Figure.count(
            "trailcast_replays_total",
            "Streams that began with what had been recorded before",
            visits.replays()::sum));
    figures.add(
        Figure.count(
            "trailcast_history_pages_total",
            "Pages that were read from the journal for readers behind the tail",
            readers::historyPages));
    figures.add(
        Figure.gauge(
            "trailcast_requests_waiting", "Requests that wait for a page now", polls::waiting));
    figures.addAll(
        Figure.countBy(
            "trailcast_long_polls_total",
            "Requests that have waited for a page, by how they were answered",
            "outcome",
            LongPolls.Outcome.class,
            polls.answered()::of));
    figures.add(
        Figure.gauge(
            "trailcast_searches",
            "Requests that have something looked for now",
            readers::searches));
    return figures;
  }

  private List<Figure> deliveries() {
    Deliveries deliveries = readers.deliveries();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.count(
            "trailcast_deliveries_total",
            "Activities and broadcasts that were written, once for each reader",
            deliveries.frames()::sum));
    figures.add(
        Figure.spread(
            "trailcast_delivery_seconds",
            "From the recording of the oldest activity in a write to that write, to live readers",
            deliveries.delay()));
    figures.add(
        Figure.count(
            "trailcast_delivered_bytes_total",
            "Bytes for readers, before they are packed",
            deliveries.plainBytes()::sum));
    figures.add(
        Figure.count(
            "trailcast_sent_bytes_total",
            "Bytes that were written to readers, packed where they take that",
            deliveries.sentBytes()::sum));
    figures.addAll(
        Figure.countBy(
            "trailcast_gaps_total",
            "Gaps that readers were told of, by why",
            "reason",
            Gap.Reason.class,
            deliveries.gaps()::of));
    figures.add(
        Figure.count(
            "trailcast_conflated_activities_total",
            "Activities that readers' rates had no room for",
            deliveries.leftOut()::sum));
    figures.add(
        Figure.gauge(
            "trailcast_tail_lag_seconds",
            "How far what readers follow is behind the journal",
            () -> readers.lag().toNanos() / 1e9));
    return figures;
  }

  private List<Figure> pumps() {
    return List.of(
        Figure.count(
            "trailcast_pumps_replaced_total",
            "How often a reader that stalled held a thread that others wait for",
            readers::pumpsReplaced),
        Figure.gauge(
            "trailcast_stalled_threads", "Threads that stalled readers hold", readers::threadsHeld),
        Figure.gauge(
            "trailcast_stalled_waiting",
            "Stalled readers that are not written to",
            readers::stalledWaiting),
        Figure.gauge(
            "trailcast_linger_seconds",
            "How long a write waits for more to send",
            () -> readers.linger().toNanos() / 1e9));
  }

  private List<Figure> followers() {
    return List.of(
        Figure.gauge(
            "trailcast_followers",
            "Beans that follow the journal",
            () -> followers.status().size()),
        Figure.gauge(
            "trailcast_follower_behind_activities",
            "How far the last of them is behind",
            () -> followers.status().stream().mapToLong(FollowingStatus::behind).max().orElse(0)),
        Figure.gauge(
            "trailcast_follower_failures",
            "How often those that follow now have failed",
            () -> sum(FollowingStatus::failures)),
        Figure.gauge(
            "trailcast_follower_gaps",
            "How often the journal could not give them all",
            () -> sum(FollowingStatus::gaps)),
        Figure.gauge(
            "trailcast_follower_parked_activities",
            "Activities that they go on without",
            () -> sum(FollowingStatus::parked)));
  }

  private long sum(ToLongFunction<FollowingStatus> ofEach) {
    return followers.status().stream().mapToLong(ofEach).sum();
  }
}
