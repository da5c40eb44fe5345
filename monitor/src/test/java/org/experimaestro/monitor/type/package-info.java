@NullMarked
package org.experimaestro.monitor.type;

import org.jspecify.annotations.NullMarked;
