/** Files written so that a reader sees all of them or nothing. */
@NullMarked
package org.experimaestro.core.file;

import org.jspecify.annotations.NullMarked;
