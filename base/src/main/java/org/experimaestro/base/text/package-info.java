/** Texts for people: near names, numbers as they were written, characters that cannot be seen. */
@NullMarked
package org.experimaestro.base.text;

import org.jspecify.annotations.NullMarked;
