/** What a submission finds out about a task: its outputs, and what it depends on. */
@NullMarked
package org.experimaestro.core.task;

import org.jspecify.annotations.NullMarked;
