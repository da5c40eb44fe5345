/** The incremental index of a workspace: what is known of it, what has changed since, and its copy in the cache. */
@NullMarked
package org.experimaestro.monitor.index;

import org.jspecify.annotations.NullMarked;
