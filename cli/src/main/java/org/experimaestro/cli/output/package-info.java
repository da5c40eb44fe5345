/** Text on the standard streams: lines, tables, values, and the check that all of it was written. */
@NullMarked
package org.experimaestro.cli.output;

import org.jspecify.annotations.NullMarked;
