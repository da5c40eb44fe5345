/** The analysis of a submitted task: its outputs, and its dependencies. */
@NullMarked
package org.experimaestro.core.task;

import org.jspecify.annotations.NullMarked;
