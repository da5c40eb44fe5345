/** The machinery behind the public types: nodes of a plan, and how they are assembled. Not for users. */
@NullMarked
package org.experimaestro.model;

import org.jspecify.annotations.NullMarked;
