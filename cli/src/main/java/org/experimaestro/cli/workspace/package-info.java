/** The commands on a workspace as a whole. */
@NullMarked
package org.experimaestro.cli.workspace;

import org.jspecify.annotations.NullMarked;
