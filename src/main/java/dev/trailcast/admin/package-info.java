/**
 * What administrators do over HTTP, and the trail of it.
 *
 * <pre>
 *   request ─► Administrators: whoever has the right, else a refusal ─┐
 *                                                                     ├─► Audit ─► Intake
 *                                                          what is done ┘
 * </pre>
 *
 * What is recorded here is an activity like any other, of a type that nobody else can record, and
 * for administrators alone.
 */
package dev.trailcast.admin;
