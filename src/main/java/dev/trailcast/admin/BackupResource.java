package dev.trailcast.admin;

import dev.trailcast.http.Answer;
import dev.trailcast.http.Problem;
import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.journal.Backup;
import dev.trailcast.journal.BackupException;
import dev.trailcast.journal.BackupSettings;
import dev.trailcast.journal.Backups;
import dev.trailcast.journal.Journal;
import dev.trailcast.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /api/admin/backup}: a copy of the journal, while it runs. */
@Path(TrailcastApi.RESOURCES + "admin/backup")
@TrailcastApi
@ApplicationScoped
public class BackupResource {
  private static final Duration RETRY = Duration.ofMinutes(1);

  @Inject private Administrators administrators;
  @Inject private Journal journal;
  @Inject private BackupSettings settings;
  @Inject private Audit audit;

  /** Answers when it is on the disk. */
  @POST
  public Response make(@Context HttpServletRequest request, @Context UriInfo uri) {
    Caller administrator = administrators.admit(request);
    Query.read(uri.getQueryParameters(), query -> null); // there are none
    Backups backups =
        journal
            .backups()
            .orElseThrow(
                () ->
                    conflict(
                        "The journal is a topic of Apache Kafka: what is here is a copy of that."
                            + " Make backups of the topic, or give it more replicas."));
    if (settings.directory().isEmpty()) {
      throw conflict("There is no place for backups: set trailcast.backup.directory.");
    }
    Map<String, Object> made = members(make(backups));
    audit.backedUp(administrator, made);
    return Answer.of(Response.Status.CREATED).with(made).toResponse();
  }

  private Backup make(Backups backups) {
    try {
      return backups.make(settings);
    } catch (BackupException e) {
      throw Problem.unavailable(e.getMessage(), RETRY).exception();
    }
  }

  private static Map<String, Object> members(Backup backup) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("file", backup.file().toString());
    members.put("bytes", backup.bytes());
    members.put("activities", backup.activities());
    members.put("position", backup.upTo().toString());
    members.put("time", backup.time().toString());
    return members;
  }

  private static jakarta.ws.rs.WebApplicationException conflict(String detail) {
    return Problem.of(Response.Status.CONFLICT, detail).exception();
  }
}
