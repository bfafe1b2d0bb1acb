/**
 * What parts count themselves with: cheap enough for where it happens a million times a second.
 * Each part owns its own; who shows them is not known here.
 */
package dev.trailcast.measure;
