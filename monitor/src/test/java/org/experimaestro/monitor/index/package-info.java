@NullMarked
package org.experimaestro.monitor.index;

import org.jspecify.annotations.NullMarked;
