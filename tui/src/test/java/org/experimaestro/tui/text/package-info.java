@NullMarked
package org.experimaestro.tui.text;

import org.jspecify.annotations.NullMarked;
