/**
 * One reader's stream, and everybody who has one.
 *
 * <pre>
 *   Caller ─► Readers.enter ─► Seat ─► StreamResponses.open ─► Outlet ─► Readers.follow
 *                Admission   └ a Stay, its ReaderStatus, an end             │
 *                                     Subscriber: a Turn, a Feed, an Outlet ◄┘
 *                                        │ serve
 *                                     TrailFeed: what lies before the Cursor ─► WriteBuffer ─► Outlet
 *                                        Whereabouts: what it is told of where it is
 * </pre>
 *
 * What a reader gets, and in which order, is its {@link dev.trailcast.stream.delivery.Feed}'s
 * business; when it is written to, its turn's; that it ends once, the {@link
 * dev.trailcast.stream.delivery.Subscriber}'s. {@link
 * dev.trailcast.stream.delivery.StreamLifecycle} begins and ends it all.
 *
 * <p>Readers that are gone are found when something is written to them, which {@link
 * dev.trailcast.stream.delivery.Heartbeat} sees to, and {@link
 * dev.trailcast.stream.delivery.VanishDetector} where nothing comes back; those that do not read by
 * {@link dev.trailcast.stream.delivery.StallDetector}, before they hold a pump.
 */
package dev.trailcast.stream.delivery;
