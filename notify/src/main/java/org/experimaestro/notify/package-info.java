/** Notifications about runs: what has happened in a run, whom to tell, and that each is told once. */
@NullMarked
package org.experimaestro.notify;

import org.jspecify.annotations.NullMarked;
