/** Copies of jobs and runs between workspaces, here and on other hosts. */
@NullMarked
package org.experimaestro.copy;

import org.jspecify.annotations.NullMarked;
