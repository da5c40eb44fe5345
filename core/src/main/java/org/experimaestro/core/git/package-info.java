/** The rules for plans in a repository of git. */
@NullMarked
package org.experimaestro.core.git;

import org.jspecify.annotations.NullMarked;
