/** The implementation of the public types: nodes of a plan, and the builders that assemble them. Not for users. */
@NullMarked
package org.experimaestro.model;

import org.jspecify.annotations.NullMarked;
