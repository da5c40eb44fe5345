@NullMarked
package org.experimaestro.tui.model;

import org.jspecify.annotations.NullMarked;
