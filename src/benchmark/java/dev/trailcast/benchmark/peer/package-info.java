/** A small application for the same server: the runtime's own broadcaster, and bare requests. */
package dev.trailcast.benchmark.peer;
