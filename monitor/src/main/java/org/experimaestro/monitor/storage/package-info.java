/** What takes room in a workspace, which jobs use the results of others, and what nothing refers to. */
@NullMarked
package org.experimaestro.monitor.storage;

import org.jspecify.annotations.NullMarked;
