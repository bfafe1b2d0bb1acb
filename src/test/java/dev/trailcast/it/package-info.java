/** What tests on a real server have in common: the archive, its clients, and beans that fire. */
package dev.trailcast.it;
