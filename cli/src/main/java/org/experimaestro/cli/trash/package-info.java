/** The commands on the trash, and what the commands that move something there share. */
@NullMarked
package org.experimaestro.cli.trash;

import org.jspecify.annotations.NullMarked;
