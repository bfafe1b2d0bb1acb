package dev.trailcast.ingest;

import dev.trailcast.activity.ConflictingActivityException;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has become of activities that were brought together. For one thread. */
public final class Tally {
  private static final int MOST_PROBLEMS = 100;

  private final List<Map<String, Object>> problems = new ArrayList<>();
  private long accepted;
  private long duplicates;
  private long rejected;
  private StreamPosition furthest;

  /**
   * The next one is durable, or stays out.
   *
   * @param index which it is of those brought, counted from 0
   * @param line where it stands, counted from 1; 0 if not in lines
   */
  void record(long index, long line, Receipt receipt) {
    switch (receipt.outcome()) {
      case RECORDED -> accepted++;
      case DUPLICATE -> duplicates++;
      case CONFLICT -> {
        reject(index, line, new ConflictingActivityException());
        return; // where the other stands is not its concern
      }
    }
    reach(receipt.position());
  }

  /**
   * The next one stays out.
   *
   * @param index which it is of those brought, counted from 0
   * @param line where it stands, counted from 1; 0 if not in lines
   */
  void reject(long index, long line, InvalidActivityException why) {
    rejected++;
    if (problems.size() < MOST_PROBLEMS) {
      Map<String, Object> problem = new LinkedHashMap<>();
      problem.put("index", index);
      if (line > 0) {
        problem.put("line", line);
      }
      why.attribute().ifPresent(attribute -> problem.put("attribute", attribute));
      problem.put("detail", why.getMessage());
      problems.add(problem);
    }
  }

  /** What has become of those that came next. */
  void add(Tally next) {
    accepted += next.accepted;
    duplicates += next.duplicates;
    rejected += next.rejected;
    next.problems.sort(Comparator.comparingLong(problem -> (long) problem.get("index")));
    int room = MOST_PROBLEMS - problems.size();
    problems.addAll(next.problems.subList(0, Math.min(room, next.problems.size())));
    if (next.furthest != null) {
      reach(next.furthest);
    }
  }

  private void reach(StreamPosition position) {
    if (furthest == null || position.offset() > furthest.offset()) {
      furthest = position;
    }
  }

  /** Whether there was something, and none of it good. */
  public boolean isAllRejected() {
    return rejected > 0 && accepted + duplicates == 0;
  }

  /** How many stayed out. */
  public long rejected() {
    return rejected;
  }

  /** Why the first of them stayed out; empty if none did. */
  public Optional<String> firstProblem() {
    return problems.stream().findFirst().map(problem -> (String) problem.get("detail"));
  }

  /** As members of an answer: a reader at {@code position} has all of them behind it. */
  public Map<String, Object> members() {
    Map<String, Object> members = counts();
    members.put("problems", problems);
    if (furthest != null) {
      members.put("position", furthest.toString());
    }
    return members;
  }

  /** How many, as members of an answer. */
  Map<String, Object> counts() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("accepted", accepted);
    members.put("duplicates", duplicates);
    members.put("rejected", rejected);
    return members;
  }
}
