/** Single steps that take micro- and nanoseconds, measured by JMH. */
package dev.trailcast.benchmark.micro;
