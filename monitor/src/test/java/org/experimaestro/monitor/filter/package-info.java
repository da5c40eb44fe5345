@NullMarked
package org.experimaestro.monitor.filter;

import org.jspecify.annotations.NullMarked;
