/** What others do at the worst moment, for tests: a file system in which other processes act, and another user. */
package org.experimaestro.disturbance;
