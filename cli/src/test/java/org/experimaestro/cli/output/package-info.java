@NullMarked
package org.experimaestro.cli.output;

import org.jspecify.annotations.NullMarked;
