/**
 * Real browsers in front of the real server, and the wire between them.
 *
 * <pre>
 *   test ──► BrowserKind ──► Browser ──► Tab        what a user does and sees
 *     │                                   │ HTTP/1.1
 *     └────► Wire: cuts, freezes, … ◄─────┘
 *              └──────► server
 * </pre>
 *
 * Chromium and WebKit are driven by WebDriver ({@code Driven…}), Firefox by WebDriver BiDi ({@code
 * Bidi…}): Debian has no geckodriver. Nothing is downloaded: browsers and drivers are the
 * machine's. A {@code Sandbox} holds the processes of one browser and its profile, and leaves
 * nothing of either.
 */
package dev.trailcast.it.browser;
