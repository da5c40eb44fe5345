package org.experimaestro.tui.screen;

/**
 * A press of the left button of the mouse.
 *
 * @param column the column of the cell, from 0
 * @param row the line, from 0
 */
public record MouseClick(int column, int row) implements Input {}
