package dev.trailcast;

import dev.trailcast.admin.BackupResource;
import dev.trailcast.admin.ErasureResource;
import dev.trailcast.admin.ReadersResource;
import dev.trailcast.config.Settings;
import dev.trailcast.http.InvalidActivityExceptionMapper;
import dev.trailcast.http.JournalExceptionMapper;
import dev.trailcast.http.UnexpectedExceptionMapper;
import dev.trailcast.http.WebApplicationExceptionMapper;
import dev.trailcast.http.gate.Doors;
import dev.trailcast.ingest.ActivitiesResource;
import dev.trailcast.ingest.notifications.NotificationsResource;
import dev.trailcast.ingest.segment.SegmentResource;
import dev.trailcast.security.AccessResource;
import dev.trailcast.security.KeysUnavailableExceptionMapper;
import dev.trailcast.security.TicketsResource;
import dev.trailcast.server.OnlyOurApplication;
import dev.trailcast.stream.delivery.RefusedExceptionMapper;
import dev.trailcast.stream.events.EventsResource;
import dev.trailcast.stream.events.PositionResource;
import dev.trailcast.stream.pages.PagesResource;
import dev.trailcast.stream.statistics.StatisticsResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Everything under {@code /api}. The classes are listed, not found by scanning, so that inside
 * somebody else's WAR this application has none of theirs; that theirs has none of ours is {@link
 * OnlyOurApplication}'s business.
 */
@ApplicationPath("/api")
public class TrailcastApplication extends Application {
  /** A runtime asks before it can inject. */
  private final Doors doors = Settings.doors();

  @Override
  public Set<Class<?>> getClasses() {
    Set<Class<?>> classes =
        new HashSet<>(
            Set.of(
                AccessResource.class,
                ReadersResource.class,
                BackupResource.class,
                EventsResource.class,
                PositionResource.class,
                TicketsResource.class,
                OnlyOurApplication.class,
                InvalidActivityExceptionMapper.class,
                JournalExceptionMapper.class,
                KeysUnavailableExceptionMapper.class,
                RefusedExceptionMapper.class,
                UnexpectedExceptionMapper.class,
                WebApplicationExceptionMapper.class));
    if (doors.publish()) {
      classes.add(ActivitiesResource.class);
      classes.add(NotificationsResource.class);
    }
    if (doors.segment()) {
      classes.add(SegmentResource.class);
    }
    if (doors.pages()) {
      classes.add(PagesResource.class);
    }
    if (doors.publish() || doors.pages()) {
      classes.add(ErasureResource.class);
    }
    if (doors.statistics()) {
      classes.add(StatisticsResource.class);
    }
    return classes;
  }

  /** Jersey's: it would answer OPTIONS, and application.wadl, with a list of our methods. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
