/** A file system for tests, in which other processes act at the worst moment. */
package org.experimaestro.disturbance;
