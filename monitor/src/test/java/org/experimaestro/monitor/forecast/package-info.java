@NullMarked
package org.experimaestro.monitor.forecast;

import org.jspecify.annotations.NullMarked;
