/** File names given so that of several processes, on whatever hosts, one succeeds. */
@NullMarked
package org.experimaestro.internal.file;

import org.jspecify.annotations.NullMarked;
