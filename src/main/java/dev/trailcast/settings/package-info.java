/** How the settings records of all packages refuse a value. It knows none of them. */
package dev.trailcast.settings;
