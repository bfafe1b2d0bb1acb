/** What an application of somebody's own, with Trailcast in it, is: a bean that fires. */
package dev.trailcast.benchmark.bean;
