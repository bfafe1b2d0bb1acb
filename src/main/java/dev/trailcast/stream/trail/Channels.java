package dev.trailcast.stream.trail;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.Audience;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every channel that somebody is on: of what is public one for each filter and scope, whoever its
 * readers are; of what has an audience one for each user and each role. So what is public costs
 * nothing by who is logged in, and what is private by its audience. Guarded by the tail's lock.
 */
final class Channels {
  private final FrameRing ring;
  private final KeptSegments kept = new KeptSegments();
  private final Map<View, PublicChannel> ofViews = new HashMap<>();
  private final ChannelIndex index = new ChannelIndex();
  private final Map<String, Channel> ofUsers = new HashMap<>();
  private final Map<String, Channel> ofRoles = new HashMap<>();

  /**
   * @param ring the tail's frames
   */
  Channels(FrameRing ring) {
    this.ring = ring;
  }

  /**
   * Puts a follower onto the channels of its view.
   *
   * @param head behind which new ones are complete
   * @param offset where the follower is
   */
  Cursor join(Follower follower, View view, long head, long offset) {
    Cursor cursor =
        new Cursor(
            follower,
            view,
            ofPublic(view.publicPart(), head),
            ofPrivate(view.viewer(), head),
            ring.end(),
            offset);
    cursor.eachChannel(channel -> channel.cursors().add(cursor));
    return cursor;
  }

  private PublicChannel ofPublic(View view, long head) {
    return ofViews.computeIfAbsent(
        view,
        any -> {
          PublicChannel channel = new PublicChannel(view, head, ring, kept);
          index.add(channel);
          return channel;
        });
  }

  private Channel[] ofPrivate(Viewer viewer, long head) {
    List<Channel> channels = new ArrayList<>();
    if (viewer.name() != null) {
      channels.add(ofUsers.computeIfAbsent(viewer.name(), any -> new Channel(head)));
    }
    for (String role : viewer.roles()) {
      channels.add(ofRoles.computeIfAbsent(role, any -> new Channel(head)));
    }
    return channels.toArray(Channel[]::new);
  }

  /** Takes a cursor off its channels, and those away that nobody else is on. */
  void leave(Cursor cursor) {
    PublicChannel channel = cursor.channel();
    if (isLeft(channel, cursor) && ofViews.remove(channel.view(), channel)) {
      index.remove(channel);
      channel.forgetAll();
    }
    Viewer viewer = cursor.view().viewer();
    for (Channel each : cursor.privateChannels()) {
      if (isLeft(each, cursor)) {
        ofUsers.remove(viewer.name(), each);
        viewer.roles().forEach(role -> ofRoles.remove(role, each));
      }
    }
  }

  private static boolean isLeft(Channel channel, Cursor cursor) {
    channel.leave(cursor);
    return channel.cursors().isEmpty();
  }

  /** Names the channels of what is public that an activity is on; one more than once, perhaps. */
  void findPublic(Activity activity, Consumer<PublicChannel> found) {
    if (activity.isErasure()) {
      ofViews.values().forEach(found);
      return;
    }
    index.candidates(
        activity,
        channel -> {
          if (channel.view().includes(activity)) {
            found.accept(channel);
          }
        });
  }

  /** Names the channels of an audience. */
  void findPrivate(Audience audience, Consumer<Channel> found) {
    find(ofUsers, audience.users(), found);
    find(ofRoles, audience.roles(), found);
  }

  private static void find(
      Map<String, Channel> channels, Set<String> names, Consumer<Channel> found) {
    for (String name : names) {
      Channel channel = channels.get(name);
      if (channel != null) {
        found.accept(channel);
      }
    }
  }

  /** All those of what is public, on one of which everybody is. */
  Collection<PublicChannel> ofPublic() {
    return ofViews.values();
  }

  /** Forgets what was packed. */
  void forgetSegments() {
    ofViews.values().forEach(PublicChannel::forgetAll);
  }

  /** How many packed stretches are kept, on all channels. */
  int keptSegments() {
    return kept.size();
  }
}
