/** Tests of the commands that copy. */
@NullMarked
package org.experimaestro.cli.copy;

import org.jspecify.annotations.NullMarked;
