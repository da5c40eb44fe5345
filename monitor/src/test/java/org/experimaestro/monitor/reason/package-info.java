@NullMarked
package org.experimaestro.monitor.reason;

import org.jspecify.annotations.NullMarked;
