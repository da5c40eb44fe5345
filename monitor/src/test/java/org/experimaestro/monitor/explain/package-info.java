@NullMarked
package org.experimaestro.monitor.explain;

import org.jspecify.annotations.NullMarked;
