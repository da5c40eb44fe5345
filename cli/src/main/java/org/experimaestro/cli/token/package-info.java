/** The commands about tokens, which jobs hold while they run. */
@NullMarked
package org.experimaestro.cli.token;

import org.jspecify.annotations.NullMarked;
