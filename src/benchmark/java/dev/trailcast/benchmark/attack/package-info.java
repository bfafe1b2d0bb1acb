/**
 * What hostile clients do to everybody else: see docs/benchmarks.md.
 *
 * <pre>
 *   Attacks ──► Attack: HostileBodies, HostileConnections, HostileReaders, HostileSearches
 *      │           │
 *      │           └──► Assailant: connections from one address, or many
 *      └──► Witness: publishes, follows and joins meanwhile, from an address of its own
 *              └──► Experience ──► Verdict: a line of the table
 * </pre>
 */
package dev.trailcast.benchmark.attack;
