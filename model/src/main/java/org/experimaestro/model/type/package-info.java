/** What is known of a configuration type: its parameters and how values are made and read. Not for users. */
@NullMarked
package org.experimaestro.model.type;

import org.jspecify.annotations.NullMarked;
