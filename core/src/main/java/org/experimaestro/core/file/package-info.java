/** Files that are written so that a reader sees either the whole file or no file. */
@NullMarked
package org.experimaestro.core.file;

import org.jspecify.annotations.NullMarked;
