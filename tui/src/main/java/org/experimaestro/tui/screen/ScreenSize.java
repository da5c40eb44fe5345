package org.experimaestro.tui.screen;

/**
 * The size of a terminal.
 *
 * @param columns the number of columns
 * @param rows the number of lines
 */
public record ScreenSize(int columns, int rows) {}
