/**
 * The state of the view, and how messages change it.
 */
@NullMarked
package org.experimaestro.tui.model;

import org.jspecify.annotations.NullMarked;
