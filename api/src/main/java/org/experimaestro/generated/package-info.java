/** What generated builders link to. Code that people write has no use for it. */
@NullMarked
package org.experimaestro.generated;

import org.jspecify.annotations.NullMarked;
