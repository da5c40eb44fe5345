/** All that is shown of one job, or of one run. */
@NullMarked
package org.experimaestro.monitor.detail;

import org.jspecify.annotations.NullMarked;
