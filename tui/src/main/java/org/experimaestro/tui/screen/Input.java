package org.experimaestro.tui.screen;

/** An act of the user with the keyboard or the mouse. */
public sealed interface Input permits KeyPress, MouseClick {}
