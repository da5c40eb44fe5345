/** Jobs as plain processes of a host, without a batch system: the launcher type {@code direct} over a connector. */
@NullMarked
package org.experimaestro.launcher.direct;

import org.jspecify.annotations.NullMarked;
