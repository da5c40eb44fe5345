/** Reasons: why a job waits, why it failed, and what the failed jobs share. */
@NullMarked
package org.experimaestro.monitor.reason;

import org.jspecify.annotations.NullMarked;
