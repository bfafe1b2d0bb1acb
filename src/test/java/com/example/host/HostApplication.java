package com.example.host;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** It leaves it to the server to find its resources, and has no EJB beside them. */
@ApplicationPath("/rest")
public class HostApplication extends Application {}
