@NullMarked
package org.experimaestro.monitor.side;

import org.jspecify.annotations.NullMarked;
