/** Named roots: paths that are known by the name of a root, and the folders that the roots are on this host. Not for users. */
@NullMarked
package org.experimaestro.model.root;

import org.jspecify.annotations.NullMarked;
