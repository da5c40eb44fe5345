/** Rows of jobs in an order, in groups, and with their columns. */
@NullMarked
package org.experimaestro.monitor.group;

import org.jspecify.annotations.NullMarked;
