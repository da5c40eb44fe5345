/** Commands that copy jobs and runs between workspaces, and into bundles. */
@NullMarked
package org.experimaestro.cli.copy;

import org.jspecify.annotations.NullMarked;
