@NullMarked
package org.experimaestro.tui.draw;

import org.jspecify.annotations.NullMarked;
