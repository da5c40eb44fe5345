/** The folders of a workspace that jobs share, and their deletion. */
@NullMarked
package org.experimaestro.workspace.shared;

import org.jspecify.annotations.NullMarked;
