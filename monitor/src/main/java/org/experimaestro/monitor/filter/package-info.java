/** The language in which users select jobs: its syntax, its names, and its application to the rows of a view. */
@NullMarked
package org.experimaestro.monitor.filter;

import org.jspecify.annotations.NullMarked;
