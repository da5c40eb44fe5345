/**
 * The incremental index of a workspace: its current view, the changes since earlier versions, and its copy in the
 * cache.
 */
@NullMarked
package org.experimaestro.monitor.index;

import org.jspecify.annotations.NullMarked;
