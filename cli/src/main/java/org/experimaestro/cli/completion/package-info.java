/** The completion of command lines by shells. */
@NullMarked
package org.experimaestro.cli.completion;

import org.jspecify.annotations.NullMarked;
