@NullMarked
package org.experimaestro.tui.keys;

import org.jspecify.annotations.NullMarked;
