/** The commands {@code actions} and {@code services}. */
@NullMarked
package org.experimaestro.cli.side;

import org.jspecify.annotations.NullMarked;
