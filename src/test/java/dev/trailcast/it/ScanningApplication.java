package dev.trailcast.it;

import jakarta.ws.rs.ApplicationPath;

/** Somebody's own JAX-RS application that leaves it to the server to find its resources. */
@ApplicationPath("/scanned")
public class ScanningApplication extends jakarta.ws.rs.core.Application {}
