/**
 * Named roots: paths that are identified by the name of a root, and the folders of the roots on this host. Not for
 * users.
 */
@NullMarked
package org.experimaestro.model.root;

import org.jspecify.annotations.NullMarked;
