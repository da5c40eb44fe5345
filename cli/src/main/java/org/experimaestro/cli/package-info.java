/** The command {@code experimaestro}: its sub-commands, and how they show things as text. */
@NullMarked
package org.experimaestro.cli;

import org.jspecify.annotations.NullMarked;
