/** The language of requirements: how it is read, combined and printed. */
@NullMarked
package org.experimaestro.requirement;

import org.jspecify.annotations.NullMarked;
