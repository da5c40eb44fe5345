@NullMarked
package org.experimaestro.monitor.timeline;

import org.jspecify.annotations.NullMarked;
