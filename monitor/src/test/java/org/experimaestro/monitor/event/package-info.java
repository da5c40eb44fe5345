@NullMarked
package org.experimaestro.monitor.event;

import org.jspecify.annotations.NullMarked;
