@NullMarked
package org.experimaestro.cli.run;

import org.jspecify.annotations.NullMarked;
