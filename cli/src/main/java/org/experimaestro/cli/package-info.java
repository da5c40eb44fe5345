/** The command line: options in, text out. */
@NullMarked
package org.experimaestro.cli;

import org.jspecify.annotations.NullMarked;
