/** What others do at the worst moment, for tests: a file system in which other processes act, another user, and other JVMs. */
package org.experimaestro.disturbance;
