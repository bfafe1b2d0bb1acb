/** Somebody else's application, which Trailcast is a library of: a WAR without any EJB. */
package com.example.host;
