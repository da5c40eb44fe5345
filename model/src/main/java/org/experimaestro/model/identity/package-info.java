/** The way from a configuration to its identifier: the canonical bytes of docs/identifier-bytes.md. Not for users. */
@NullMarked
package org.experimaestro.model.identity;

import org.jspecify.annotations.NullMarked;
