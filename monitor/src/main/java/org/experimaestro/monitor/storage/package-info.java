/** The sizes of the parts of a workspace, the uses of results by other jobs, and all that nothing refers to. */
@NullMarked
package org.experimaestro.monitor.storage;

import org.jspecify.annotations.NullMarked;
