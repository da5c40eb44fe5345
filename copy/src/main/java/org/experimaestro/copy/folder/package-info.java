/** Other workspaces by the rules of a workspace: results are read from there, backed up, and moved. */
@NullMarked
package org.experimaestro.copy.folder;

import org.jspecify.annotations.NullMarked;
