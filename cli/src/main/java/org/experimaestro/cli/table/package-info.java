/** The command {@code experimaestro table}. */
@NullMarked
package org.experimaestro.cli.table;

import org.jspecify.annotations.NullMarked;
