/**
 * A small shop, as an application of yours might be: its beans do their work, and fire what has
 * happened. What they fire is on the trail, where {@code shop.html}, {@code numbers.html} and
 * {@code notifications.html} follow it.
 *
 * <pre>
 *  ShopResource ─┬─► Catalogue ─┐
 *                ├─► Carts     ─┤
 *                └─► Orders    ─┼─► Event{@literal <Activity>} ─► Trailcast
 *                      │ Order  │
 *                      └─► Shipping
 * </pre>
 *
 * There is no database and no log-in. The visitor's name is a part of the path: where your users
 * log in, it is the name of their {@code SecurityContext}.
 */
package dev.trailcast.examples;
