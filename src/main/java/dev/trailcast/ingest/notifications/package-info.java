/**
 * Messages to users: {@code POST /api/notifications}. An activity with an audience, for those who
 * do not want to know what that is.
 *
 * <pre>
 *   POST ─► NotificationsResource ─► Recorder
 *                                       └ Notification: to ─► audience, message ─► data
 * </pre>
 */
package dev.trailcast.ingest.notifications;
