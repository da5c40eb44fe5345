@NullMarked
package org.experimaestro.monitor.log;

import org.jspecify.annotations.NullMarked;
