/** The command line: commands, their options, and the text that they print. */
@NullMarked
package org.experimaestro.cli;

import org.jspecify.annotations.NullMarked;
