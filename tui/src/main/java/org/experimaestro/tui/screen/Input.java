package org.experimaestro.tui.screen;

/** What the user has done with the keyboard or the mouse. */
public sealed interface Input permits KeyPress, MouseClick {}
