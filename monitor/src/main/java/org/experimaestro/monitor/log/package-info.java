/** What the processes of jobs print, and tell of their progress. */
@NullMarked
package org.experimaestro.monitor.log;

import org.jspecify.annotations.NullMarked;
